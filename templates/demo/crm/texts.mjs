/** Sentences of the demo data, in the language of the customer; `{goods}` and `{name}` are filled in. */
export const painPoints = {
  zh: [
    '展厅灯光色温不统一，客户投诉样板效果与现场不符。',
    '老车间照度不足，夜班差错率高。',
    '供应商多，批次色差大，返工频繁。',
    '装修旺季交期不稳，工地经常停工等货。',
    '五金件异响退换率高，售后成本难控制。',
    '出口订单需要认证文件，现有供应商给不齐。',
    '灯具能耗高，电费逐年上升。',
  ],
  en: [
    'Colour temperature differs between showroom and site.',
    'The old hall is too dark; the night shift makes more mistakes.',
    'Too many suppliers, and batches differ in colour.',
    'Deliveries slip in the high season and sites stand still.',
    'Noisy fittings come back; after-sales cost is hard to control.',
    'Certificates for imported lamps are incomplete.',
    'Energy cost of the old lamps rises every year.',
  ],
}
export const tags = {
  zh: ['长期合作', '价格敏感', '重视交期', '样板客户', '国企', '民企', '有扩产计划', '账期长', '需要安装'],
  en: [
    'long-term',
    'price-sensitive',
    'needs fast delivery',
    'reference',
    'expanding',
    'tender only',
    'English documents',
    'long payment terms',
  ],
}
export const jobs = {
  decider: {
    zh: ['总经理', '副总经理', '采购总监', '运营总监'],
    en: ['Managing director', 'Chief operating officer', 'Head of purchasing', 'Plant manager'],
  },
  influencer: {
    zh: ['工程部经理', '设计主管', '财务经理', '项目经理'],
    en: ['Project manager', 'Lead designer', 'Finance manager', 'Site engineer'],
  },
  user: {
    zh: ['仓库主管', '施工班长', '机电工程师', '采购专员'],
    en: ['Store supervisor', 'Fitter', 'Electrical engineer', 'Buyer'],
  },
  blocker: { zh: ['审计主管', '成本控制主管'], en: ['Internal auditor', 'Cost controller'] },
}
export const lostReasons = {
  zh: ['价格高于对手', '预算被取消', '选择了原有供应商', '项目推迟到明年', '交期无法满足', '联系人离职后无人跟进'],
  en: [
    'Price above a competitor',
    'Budget was cancelled',
    'Stayed with the present supplier',
    'Project moved to next year',
    'Delivery date could not be met',
    'Contact left and nobody took over',
  ],
}
export const lostLeads = {
  zh: ['暂无采购计划', '电话多次无人接听', '需求不匹配', '已向同行采购', '仅索取资料'],
  en: [
    'No plan to buy',
    'No answer after several calls',
    'Needs something else',
    'Bought elsewhere',
    'Only wanted a brochure',
  ],
}
export const competitors = {
  zh: ['曜辰照明', '恒屿五金', '北陆光电', '澄居布艺'],
  en: ['Lumenforge', 'Nordlys Trading', 'Hinge & Co', 'Brightmere'],
}

export const projects = {
  zh: [
    '{goods}采购项目',
    '二期展厅{goods}升级',
    '新办公楼{goods}配置',
    '{goods}替换项目',
    '样板间{goods}试点',
    '连锁门店{goods}集采',
  ],
  en: [
    '{goods} for the new building',
    '{goods} replacement',
    'Show flat with {goods}',
    '{goods} roll-out, second site',
    '{goods} upgrade',
    '{goods} framework deal',
  ],
}
export const leadNotes = {
  zh: [
    '在展位上看过{goods}样品，希望收到报价。',
    '官网咨询{goods}，询问最小起订量。',
    '朋友公司推荐，想了解{goods}的案例。',
    '现有{goods}已用五年，考虑更换。',
    '询问{goods}能否按图纸定制。',
  ],
  en: [
    'Saw the {goods} at the stand and asked for a quote.',
    'Asked on the website about the {goods} and the minimum order.',
    'Recommended by a friend; wants references for the {goods}.',
    'Their {goods} is five years old and due for replacement.',
    'Wants to know if the {goods} can be made to drawing.',
  ],
}
/** kind → [summary, result]. */
export const activities = {
  call: {
    zh: [
      ['电话确认{goods}需求', '客户确认数量，下周提供现场图纸。'],
      ['回访{goods}使用情况', '整体满意，个别包装破损，已转服务。'],
      ['沟通{goods}报价', '对价格有异议，希望含安装一并报价。'],
      ['约定拜访时间', '约在下周三上午，对方采购与设计负责人参加。'],
      ['跟进合同进度', '合同在法务审核，预计三天内返回。'],
    ],
    en: [
      ['Call about the {goods}', 'Quantity confirmed; floor plan follows next week.'],
      ['Check how the {goods} works out', 'Happy on the whole; some damaged boxes, passed on to service.'],
      ['Talk through the {goods} quote', 'Finds it high; wants installation included.'],
      ['Fix a date for the visit', 'Wednesday morning, purchasing and design will join.'],
      ['Ask about the contract', 'With their lawyers, back in three days.'],
    ],
  },
  visit: {
    zh: [
      ['上门演示{goods}', '现场展示顺利，{name}要求补充检测报告。'],
      ['实地勘察现场', '完成测量，需增加两处吊点。'],
      ['高层拜访', '对方认可方案方向，预算在下季度批复。'],
      ['{goods}样品验收', '样品测试合格，同意进入商务谈判。'],
    ],
    en: [
      ['Show the {goods} on site', 'Went well; {name} asked for a test report.'],
      ['Survey of the site', 'Survey done; two more mounting points needed.'],
      ['Meeting with management', 'They like the plan; budget decision next quarter.'],
      ['Acceptance of the {goods} sample', 'Tests passed; agreed to negotiate.'],
    ],
  },
  mail: {
    zh: [
      ['发送{goods}资料', '已发送样本与两个同行业案例。'],
      ['发送报价单', '客户已收到，内部比价中。'],
      ['回复技术问题', '已说明安装尺寸与认证情况，客户无进一步疑问。'],
    ],
    en: [
      ['Send the {goods} brochure', 'Sent with two references from their industry.'],
      ['Send the quote', 'Received; they are comparing offers.'],
      ['Answer technical questions', 'Explained mounting and certificates; no more questions.'],
    ],
  },
  note: {
    zh: [
      ['客户组织变动', '采购负责人下月调岗，由{name}接手。'],
      ['竞争对手动态', '对手已送样品，报价低约一成。'],
      ['付款习惯', '每月 25 日集中付款，需提前五天送达发票。'],
    ],
    en: [
      ['Change of people', 'The head of purchasing leaves next month; {name} takes over.'],
      ['What the competitor does', 'A sample is on site, about ten per cent cheaper.'],
      ['How they pay', 'Payment run on the 25th; the invoice must be there five days before.'],
    ],
  },
  task: {
    zh: [
      ['准备{goods}方案', '方案已完成并经技术复核。'],
      ['寄送样品', '样品已寄出，预计三天到达。'],
      ['整理招标文件', '标书已递交，等待开标。'],
      ['更新客户资料', '已补全税号与收货地址。'],
    ],
    en: [
      ['Write the {goods} proposal', 'Done and reviewed by design.'],
      ['Send a sample', 'Sent; arrives in three days.'],
      ['Prepare the tender', 'Handed in; opening is awaited.'],
      ['Complete the customer file', 'Tax number and delivery address added.'],
    ],
  },
}

const isLatin = (text) => /^[A-Z]/.test(text)

/** How a name of goods reads at this place: small in the middle of an English sentence, set off by a space inside Chinese. */
function goodsAt(goods, before) {
  if (before === '') return goods
  if (/[\u4e00-\u9fff]$/.test(before)) return isLatin(goods) ? ` ${goods}` : goods
  return /^[A-Z][a-z]/.test(goods) ? goods[0].toLowerCase() + goods.slice(1) : goods
}

/** A sentence with its gaps filled. */
export function fill(text, { goods, name }) {
  return text.replace('{goods}', (_, at) => goodsAt(goods, text.slice(0, at))).replace('{name}', name ?? '')
}
