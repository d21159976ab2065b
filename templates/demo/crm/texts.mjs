/** Sentences of the demo data, in the language of the customer; `{goods}` and `{name}` are filled in. */
export const painPoints = {
  zh: ['库房仍用纸质单据，盘点一次要停产两天。', '条码系统老旧，出错后难以追溯到批次。', '旺季人手不足，拣货效率跟不上订单增长。', '多仓之间数据不同步，经常缺货后才发现。', '冷链温度靠人工抄表，审计时拿不出连续记录。', '现有供应商交期不稳，售后响应慢。', '设备品牌杂，备件和维保成本高。'],
  en: ['Stock counts are still done on paper and stop the floor for two days.', 'The label system is old; a wrong label cannot be traced to its batch.', 'Picking does not keep up with orders in the high season.', 'Three sites, three spreadsheets: shortages are noticed too late.', 'Temperature is noted by hand, so audits lack continuous records.', 'The present supplier delivers late and answers slowly.', 'Devices of many brands make spare parts expensive.'],
}
export const tags = {
  zh: ['长期合作', '价格敏感', '重视交期', '样板客户', '国企', '民企', '有扩产计划', '账期长', '需要驻场'],
  en: ['long-term', 'price-sensitive', 'needs fast delivery', 'reference', 'expanding', 'tender only', 'English documents', 'long payment terms'],
}
export const jobs = {
  decider: { zh: ['总经理', '副总经理', '采购总监', '运营总监'], en: ['Managing director', 'Chief operating officer', 'Head of purchasing', 'Plant manager'] },
  influencer: { zh: ['信息部经理', '仓储经理', '财务经理', '技术主管'], en: ['IT manager', 'Warehouse manager', 'Finance manager', 'Lead engineer'] },
  user: { zh: ['仓库主管', '生产班长', '设备工程师', '采购专员'], en: ['Warehouse supervisor', 'Shift leader', 'Maintenance engineer', 'Buyer'] },
  blocker: { zh: ['审计主管', '信息安全主管'], en: ['Internal auditor', 'Security officer'] },
}
export const lostReasons = {
  zh: ['价格高于对手', '预算被取消', '选择了原有供应商', '项目推迟到明年', '交期无法满足', '联系人离职后无人跟进'],
  en: ['Price above a competitor', 'Budget was cancelled', 'Stayed with the present supplier', 'Project moved to next year', 'Delivery date could not be met', 'Contact left and nobody took over'],
}
export const lostLeads = {
  zh: ['暂无采购计划', '电话多次无人接听', '需求不匹配', '已向同行采购', '仅索取资料'],
  en: ['No plan to buy', 'No answer after several calls', 'Needs something else', 'Bought elsewhere', 'Only wanted a brochure'],
}
export const competitors = { zh: ['恒扫科技', '迅码自动化', '北陆标识', '赛联物联'], en: ['Codetrack', 'Norscan Systems', 'LabelForge', 'Tagwise'] }

export const projects = {
  zh: ['{goods}采购项目', '二期仓库{goods}升级', '新厂区{goods}配置', '{goods}替换项目', '产线{goods}试点', '物流中心{goods}扩容'],
  en: ['{goods} for the new hall', '{goods} replacement', 'Pilot with {goods}', '{goods} roll-out, second site', '{goods} upgrade', '{goods} framework deal'],
}
export const leadNotes = {
  zh: ['在展位上试用了{goods}，希望收到报价。', '官网咨询{goods}，询问最小起订量。', '朋友公司推荐，想了解{goods}的案例。', '现有{goods}已用五年，考虑更换。', '询问{goods}能否对接现有系统。'],
  en: ['Tried the {goods} at the stand and asked for a quote.', 'Asked on the website about the {goods} and the minimum order.', 'Recommended by a friend; wants references for the {goods}.', 'Their {goods} is five years old and due for replacement.', 'Wants to know if the {goods} works with their system.'],
}
/** kind → [summary, result]. */
export const activities = {
  call: {
    zh: [['电话确认{goods}需求', '客户确认数量，下周提供现场图纸。'], ['回访{goods}使用情况', '整体满意，反馈扫描头偶有误读，已转服务。'], ['沟通{goods}报价', '对价格有异议，希望含安装一并报价。'], ['约定拜访时间', '约在下周三上午，对方采购与仓储负责人参加。'], ['跟进合同进度', '合同在法务审核，预计三天内返回。']],
    en: [['Call about the {goods}', 'Quantity confirmed; floor plan follows next week.'], ['Check how the {goods} works out', 'Happy on the whole; some misreads, passed on to service.'], ['Talk through the {goods} quote', 'Finds it high; wants installation included.'], ['Fix a date for the visit', 'Wednesday morning, purchasing and warehouse will join.'], ['Ask about the contract', 'With their lawyers, back in three days.']],
  },
  visit: {
    zh: [['上门演示{goods}', '现场演示顺利，{name}要求补充兼容性说明。'], ['实地勘察仓库', '完成勘测，需增加两处网络点位。'], ['高层拜访', '对方认可方案方向，预算在下季度批复。'], ['{goods}试用验收', '试用达标，识读率 99.6%，同意进入商务谈判。']],
    en: [['Show the {goods} on site', 'Went well; {name} asked for a compatibility note.'], ['Survey of the warehouse', 'Survey done; two more network points needed.'], ['Meeting with management', 'They like the plan; budget decision next quarter.'], ['Acceptance of the {goods} trial', 'Read rate of 99.6 %; agreed to negotiate.']],
  },
  mail: {
    zh: [['发送{goods}资料', '已发送样本与两个同行业案例。'], ['发送报价单', '客户已收到，内部比价中。'], ['回复技术问题', '已说明接口方式与数据格式，客户无进一步疑问。']],
    en: [['Send the {goods} brochure', 'Sent with two references from their industry.'], ['Send the quote', 'Received; they are comparing offers.'], ['Answer technical questions', 'Explained interface and data format; no more questions.']],
  },
  note: {
    zh: [['客户组织变动', '采购负责人下月调岗，由{name}接手。'], ['竞争对手动态', '对手已送样机，报价低约一成。'], ['付款习惯', '每月 25 日集中付款，需提前五天送达发票。']],
    en: [['Change of people', 'The head of purchasing leaves next month; {name} takes over.'], ['What the competitor does', 'A sample is on site, about ten per cent cheaper.'], ['How they pay', 'Payment run on the 25th; the invoice must be there five days before.']],
  },
  task: {
    zh: [['准备{goods}方案', '方案已完成并经技术复核。'], ['申请样机', '样机已寄出，预计三天到达。'], ['整理招标文件', '标书已递交，等待开标。'], ['更新客户资料', '已补全税号与收货地址。']],
    en: [['Write the {goods} proposal', 'Done and reviewed by engineering.'], ['Order a sample', 'Sent; arrives in three days.'], ['Prepare the tender', 'Handed in; opening is awaited.'], ['Complete the customer file', 'Tax number and delivery address added.']],
  },
}

/** A sentence with its gaps filled; English goods in the middle of a sentence are not capitalised unless they are an acronym. */
export function fill(text, { goods, name }) {
  return text.replace(/\{goods\}/g, (_, at) => (at > 0 && /^[A-Z][a-z]/.test(goods) ? goods[0].toLowerCase() + goods.slice(1) : goods)).replace('{name}', name ?? '')
}
