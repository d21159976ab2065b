/** Campaigns of a year with their costs, and who was reached by them. */
import { day, moment } from '../random.mjs'

/** [name, channel, first day, last day, budget, state, goal, owner] */
const plans = [
  [
    '华东照明展 Lighting Fair Shanghai',
    'fair',
    -210,
    -207,
    180000,
    'done',
    '收集 60 条有效线索，签约三家样板客户。',
    'he.tingting',
  ],
  [
    'Cologne Interiors Days',
    'fair',
    -160,
    -156,
    240000,
    'done',
    'Meet fitters and wholesalers from Germany and the Netherlands.',
    'tom.fischer',
  ],
  ['老客户升级计划 Upgrade offer', 'email', -140, -95, 30000, 'done', '推动五年以上灯具用户换新。', 'he.tingting'],
  ['Energy saving webinar', 'event', -88, -88, 25000, 'done', 'Show what LED saves in halls and shops.', 'tom.fischer'],
  ['官网询价优化 Website enquiries', 'web', -120, 30, 96000, 'running', '每月新增 10 条官网线索。', 'he.tingting'],
  [
    '企业微信转介绍 WeCom referrals',
    'wecom',
    -60,
    40,
    20000,
    'running',
    '老客户每推荐一家成交返赠一次设备保养。',
    'he.tingting',
  ],
  [
    'Smart lock roadshow Asia-Pacific',
    'event',
    -45,
    -20,
    130000,
    'done',
    'Four cities, twenty visitors each.',
    'tom.fischer',
  ],
  ['深圳家居五金展 Hardware Expo Shenzhen', 'fair', -25, -22, 160000, 'done', '发布新一代智能门锁。', 'he.tingting'],
  [
    'Year-end maintenance call',
    'call',
    -10,
    35,
    15000,
    'running',
    'Offer maintenance visits before warranties end.',
    'tom.fischer',
  ],
  ['春季新品发布 Spring launch', 'event', 70, 72, 200000, 'planned', '邀请 80 家重点客户到场。', 'he.tingting'],
  ['Solar street light early access', 'social', 45, 90, 60000, 'planned', 'Ten pilot customers.', 'tom.fischer'],
]
const spending = {
  fair: ['展位 Stand', '搭建 Construction', '差旅 Travel', '样品运输 Freight'],
  event: ['场地 Venue', '物料 Material', '讲师 Speaker'],
  email: ['设计 Design', '发送平台 Mailing platform'],
  web: ['广告 Advertising', '内容制作 Content'],
  wecom: ['礼品 Gifts', '海报 Posters'],
  call: ['外呼 Calling agency'],
  social: ['视频 Video'],
}

function costsOf(random, { channel, from, to, budget, state }) {
  if (state === 'planned') return []
  const items = spending[channel]
  return items.map((description) => ({
    date: day(Math.min(-1, random.int(from - 20, Math.max(from, Math.min(to, -1))))),
    description,
    amount: `${Math.round((budget * (0.72 + random.next() * 0.22)) / items.length / 100) * 100}.00`,
  }))
}

export function makeCampaigns(random, users) {
  const login = (local) => users.find((user) => user.login.startsWith(`${local}@`)).login
  return plans.map(([name, channel, from, to, budget, state, goal, owner]) => ({
    row: {
      name,
      channel,
      starts_on: day(from),
      ends_on: day(to),
      budget: `${budget}.00`,
      costs: costsOf(random, { channel, from, to, budget, state }),
      goal,
      owner: login(owner),
      state,
    },
    channel,
    from,
    to,
    abroad: /^[A-Z]/.test(name),
    state,
  }))
}

const answers = {
  zh: ['希望安排演示', '索取报价', '参加了现场活动', '想了解案例', '约了下月沟通'],
  en: [
    'Wants a demonstration',
    'Asked for a quote',
    'Came to the event',
    'Asked for references',
    'Call agreed for next month',
  ],
}

function member(random, { campaign, key, language }) {
  const open = campaign.state === 'planned'
  const status = open
    ? 'planned'
    : random.weighted([
        ['sent', 55],
        ['responded', 33],
        ['declined', 12],
      ])
  const last = Math.min(campaign.to, -1)
  const answered = status === 'responded'
  return {
    campaign: campaign.row.name,
    member: key,
    status,
    responded_at: answered
      ? moment(
          random.int(Math.min(campaign.from, last), last),
          `${random.int(9, 17)}:${random.int(10, 59)}`.padStart(5, '0'),
        )
      : undefined,
    response: answered ? random.pick(answers[language]) : undefined,
    owner: campaign.row.owner,
  }
}

/** The leads that a campaign brought, and contacts that it was sent to; nobody twice. */
export function makeMembers(random, { campaigns, leads, customers }) {
  const people = customers
    .filter(({ row }) => row.state === 'active')
    .flatMap(({ contacts, language }) => contacts.map(({ number }) => ({ key: `contact/${number}`, language })))
  return campaigns.flatMap((campaign) => {
    const brought = leads
      .filter(({ row }) => row.campaign === campaign.row.name)
      .map(({ row, language }) => ({ key: `lead/${row.number}`, language }))
    const wanted = campaign.abroad ? 'en' : 'zh'
    const invited = random.sample(
      people.filter(({ language }) => language === wanted),
      random.int(10, 22),
    )
    return [...brought, ...invited].map((who) => member(random, { campaign, ...who }))
  })
}
