/** What customers write to the service desk of the demo, and what it answers; Chinese and English say the same. */

/** Per case: type, queue, complaint reason, needs a product, then per language: subject, text, answer, resolution. `{product}` and `{order}` are filled in. */
export const cases = [
  {
    type: 'complaint',
    queue: 'quality',
    about: 'quality',
    product: true,
    zh: [
      '{product} 使用一周后闪烁',
      '安装后一周开始频繁闪烁，换了插座也一样，影响营业，希望尽快处理。',
      '已收到反馈，请拍摄驱动电源标签，我们今天安排检测。',
      '驱动电源批次不良，已免费更换并补发两套备件。',
    ],
    en: [
      '{product} flickers after a week',
      'It began to flicker one week after installation. Another socket makes no difference and our shop is open to customers.',
      'Thank you for telling us. Send a photo of the driver label and we test the same batch today.',
      'The driver came from a faulty batch. Replaced free of charge, two spare units sent along.',
    ],
  },
  {
    type: 'complaint',
    queue: 'logistics',
    about: 'delivery',
    order: true,
    zh: [
      '订单 {order} 少到两箱',
      '今天收货清点，发现少了两箱，送货单上却写齐了，工地等着用。',
      '正在与承运商核对签收单，今天下班前回复。',
      '承运商错分到其他站点，次日补送并减免本单运费。',
    ],
    en: [
      'Two boxes missing from order {order}',
      'We counted the goods today: two boxes are missing although the delivery note is complete.',
      'We are checking the signed note with the carrier and answer before the end of the day.',
      'The carrier had sent them to another depot. Delivered the next day, freight credited.',
    ],
  },
  {
    type: 'complaint',
    queue: 'logistics',
    about: 'delivery',
    order: true,
    zh: [
      '订单 {order} 到货外箱破损',
      '有三箱外包装压坏，里面的货也有划痕，附照片。',
      '照片已收到，破损件先不要安装，我们安排换货。',
      '破损件已换新，包装改为五层瓦楞加护角。',
    ],
    en: [
      'Boxes of order {order} arrived damaged',
      'Three boxes were crushed and the goods inside are scratched. Photos are attached.',
      'We have the photos. Keep the damaged pieces aside; replacements are on the way.',
      'Damaged pieces replaced; packing now has corner guards.',
    ],
  },
  {
    type: 'complaint',
    queue: 'orders',
    about: 'price',
    order: true,
    zh: [
      '订单 {order} 的发票金额不符',
      '发票单价与报价单不一致，多开了折扣前的金额，请更正。',
      '已转财务核对，明天给出更正结果。',
      '折扣未带入发票，已冲红重开并寄出。',
    ],
    en: [
      'Invoice for order {order} shows the wrong amount',
      'The invoice has the price before discount. It does not match the quote.',
      'Passed on to accounting; you have the result tomorrow.',
      'The discount was missing on the invoice. Reversed and issued again.',
    ],
  },
  {
    type: 'complaint',
    queue: 'quality',
    about: 'service',
    zh: [
      '安装人员迟到两小时',
      '约好上午九点，十一点才到，没有提前电话，现场其他工种都在等。',
      '非常理解，已向安装队核实情况。',
      '安装队已补偿一次免费保养，并改为提前一小时电话确认。',
    ],
    en: [
      'Installers came two hours late',
      'They were due at nine, came at eleven and did not call. Other trades had to wait.',
      'We are looking into it with the crew.',
      'One free maintenance visit granted; crews now call an hour ahead.',
    ],
  },
  {
    type: 'request',
    queue: 'technical',
    product: true,
    zh: [
      '咨询 {product} 的接线方法',
      '电工反映说明书与实物端子不一致，请提供最新接线图。',
      '接线图已发到邮箱，注意先断电再接线。',
      '已提供新版接线图，客户确认安装完成。',
    ],
    en: [
      'Wiring of {product}',
      'Our electrician says the leaflet does not match the terminals. Which diagram is right?',
      'The current diagram is in your mail. Switch off the mains before you start.',
      'Current diagram sent; the customer confirmed the installation.',
    ],
  },
  {
    type: 'request',
    queue: 'technical',
    product: true,
    zh: [
      '{product} 能否调光',
      '想接入现有调光系统，请问是否支持 DALI？',
      '标准款不支持，可选 DALI 调光版本，加价见选配表。',
      '推荐选配 DALI 版本，客户已下补充订单。',
    ],
    en: [
      'Can {product} be dimmed?',
      'We want to connect it to a DALI system. Is that possible?',
      'Not the standard version, but there is a DALI option; see the option list.',
      'DALI option recommended; the customer ordered it.',
    ],
  },
  {
    type: 'request',
    queue: 'orders',
    order: true,
    zh: [
      '订单 {order} 希望提前交货',
      '项目工期提前，能否在本周五前发出一半？',
      '仓库有部分现货，可先发六成。',
      '分两批发货，首批已按期送达。',
    ],
    en: [
      'Earlier delivery of order {order}',
      'Our schedule moved forward. Can half of it leave before Friday?',
      'Part is in stock: about 60 % can go first.',
      'Delivered in two lots; the first arrived on time.',
    ],
  },
  {
    type: 'request',
    queue: 'orders',
    order: true,
    zh: [
      '补寄订单 {order} 的检测报告',
      '业主验收需要 3C 证书和出厂检测报告，请补寄盖章件。',
      '电子版已发，纸质盖章件今天寄出。',
      '证书与检测报告已寄达。',
    ],
    en: [
      'Test report for order {order}',
      'Our client asks for the certificate and the factory test report, stamped.',
      'The files are in your mail; the stamped copies leave today.',
      'Certificate and report delivered.',
    ],
  },
  {
    type: 'request',
    queue: 'technical',
    product: true,
    zh: [
      '预约 {product} 上门保养',
      '使用满一年，希望安排一次上门检查和清洁。',
      '可安排下周二或周四，确认后派单。',
      '保养完成，更换密封圈一个，运行正常。',
    ],
    en: [
      'Maintenance visit for {product}',
      'It has run for a year; please arrange an inspection and cleaning.',
      'Next Tuesday or Thursday is free. Tell us which suits you.',
      'Maintenance done, one seal replaced, all in order.',
    ],
  },
  {
    type: 'request',
    queue: 'orders',
    zh: [
      '索取最新目录和价目表',
      '准备明年的采购计划，请提供最新目录和经销价。',
      '目录已发，价目表由负责的销售联系。',
      '目录与价目表均已发送，销售已跟进。',
    ],
    en: [
      'New catalogue and price list',
      'We plan next year’s purchases and need the current catalogue and prices.',
      'The catalogue is in your mail; your sales contact sends the price list.',
      'Catalogue and price list sent; sales follows up.',
    ],
  },
  {
    type: 'feedback',
    queue: 'technical',
    product: true,
    zh: [
      '建议 {product} 增加安装卡扣',
      '整体质量满意，若增加免工具卡扣，安装能快一半。',
      '建议已记录并转给产品部门。',
      '产品部门已列入下一版改进清单。',
    ],
    en: [
      'A clip would help with {product}',
      'We like the quality. A tool-free clip would halve the installation time.',
      'Noted and passed on to the product team.',
      'On the list for the next version.',
    ],
  },
  {
    type: 'feedback',
    queue: 'orders',
    zh: [
      '对这次送货很满意',
      '司机提前联系，还帮忙搬到二楼，希望转达感谢。',
      '感谢告知，已转达给配送团队。',
      '已转达并记入配送团队的月度表扬。',
    ],
    en: [
      'Happy with the delivery',
      'The driver called ahead and carried everything upstairs. Pass on our thanks.',
      'Good to hear; the team knows.',
      'Passed on to the delivery team.',
    ],
  },
  {
    type: 'feedback',
    queue: 'quality',
    product: true,
    zh: [
      '{product} 的颜色比样册偏黄',
      '不影响使用，但和样册对比偏黄一些，供参考。',
      '已留样比对，色差在标准范围内，会在样册注明。',
      '样册已补充色差说明。',
    ],
    en: [
      '{product} looks warmer than the sample',
      'It works well, only the tone is a little warmer than in the sample book.',
      'Compared with our sample: within tolerance; the book will say so.',
      'Note added to the sample book.',
    ],
  },
]

export const remarks = {
  zh: {
    good: ['处理很及时，满意', '客服专业，解释清楚', '问题一次解决', '态度好，跟进到位', ''],
    fair: ['结果可以，过程有点慢', '一般', ''],
    bad: ['等了太久', '同样的问题反复出现', '没有主动告知进度'],
  },
  en: {
    good: ['Quick and helpful', 'Clear answers, solved at once', 'Very friendly', ''],
    fair: ['Good result, a bit slow', ''],
    bad: ['Took far too long', 'Nobody told us what was going on'],
  },
}

export const followUps = {
  zh: ['好的，什么时候能有结果？', '资料已补充，请查看附件。', '收到，谢谢。', '现场可以配合，随时电话联系。'],
  en: [
    'Fine, when can we expect the result?',
    'The details are attached.',
    'Received, thank you.',
    'Someone is on site; call any time.',
  ],
}
export const internalNotes = [
  '已与仓库核对库存。',
  '客户为重点客户，优先处理。',
  '等待质检回复。',
  '历史上有类似工单，参照处理。',
]
