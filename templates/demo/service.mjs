/** Demo data of the pack `service`: the desk with its people, the knowledge base, what customers own, and 600 tickets. */
import { articleTexts } from './article_texts.mjs'
import { user } from './base.mjs'
import { day } from './random.mjs'
import { makeTickets } from './tickets.mjs'

const lead = ['zhou.min', '周敏', 'zh-CN', 'service_lead', 'Service', 'chen.guohua', ['管理', '投诉处理']]
const agents = [
  ['he.xiaoyun', '何晓云', 'zh-CN', 'agent', 'Service', 'zhou.min', ['照明', '安装']],
  ['tang.wei', '唐伟', 'zh-CN', 'agent', 'Service', 'zhou.min', ['五金', '质量']],
  ['fang.yuting', '方雨婷', 'zh-CN', 'agent', 'Service', 'zhou.min', ['订单', '物流']],
  ['grace.palmer', 'Grace Palmer', 'en', 'agent', 'Service', 'zhou.min', ['English', 'export']],
]

const queues = {
  technical: '技术支持 Technical support',
  orders: '订单与发票 Orders and invoices',
  logistics: '物流 Logistics',
  quality: '质量与投诉 Quality and complaints',
}
const skills = { technical: ['照明', '安装'], orders: ['订单'], logistics: ['物流'], quality: ['质量'] }

function articles(random, products) {
  return articleTexts.map((text) => ({
    name: text.name,
    state: random.weighted([
      ['published', 82],
      ['in_review', 7],
      ['draft', 7],
      ['archived', 4],
    ]),
    audience: text.audience,
    topic: text.topic,
    language: text.language,
    products:
      text.code === ''
        ? undefined
        : products
            .filter((product) => product.code === text.code && product.first)
            .slice(0, 2)
            .map((product) => product.sku),
    tags:
      text.language === 'en'
        ? [text.topic, 'guide']
        : [{ install: '安装', use: '使用', fault: '故障', order: '订单', policy: '政策' }[text.topic], '指南'],
    summary: text.summary,
    body: `<p>${text.summary}</p><ol>${text.steps.map((step) => `<li>${step}</li>`).join('')}</ol>`,
  }))
}

const hasSerial = new Set(['CL', 'OL', 'IL', 'DW', 'CU'])

/** One item for about every third shipped order with goods that carry a serial number. */
function warrantyItems(random, shared) {
  const shipped = shared.orders.filter((order) => order.state === 'closed' && order.at > -720)
  const found = shipped.flatMap((order) => {
    const one = order.lines.find((line) => hasSerial.has(line.product.slice(0, 2)))
    return one && random.chance(0.3) ? [{ order, product: one.product }] : []
  })
  return found.map(({ order, product }, at) => {
    const sold = Math.min(0, order.at + random.int(5, 20))
    const english = order.buyer.abroad
    return {
      serial: `LZ-${product.replace('-', '')}-${String(at + 1).padStart(5, '0')}`,
      customer: order.buyer.key,
      product,
      order: order.number,
      sold_on: day(sold),
      until: day(sold + 730),
      place: random.pick(
        english
          ? ['Showroom', 'Warehouse', 'Ground floor', 'Entrance']
          : ['一楼大厅', '展厅', '仓库', '二楼办公区', '门店入口'],
      ),
    }
  })
}

function maintenancePlans(random, items, technicians) {
  return random.sample(items, 40).map((item) => {
    const every = random.pick([90, 180, 365])
    const due = random.int(-6, every - 10)
    return {
      item: item.serial,
      task: random.pick(['清洁与安全检查', '驱动与接线检查', '限位与电机保养', '密封圈更换']),
      every: `P${every}D`,
      last_done: day(due - every),
      next_due: day(due),
      assignee: random.pick(technicians),
      active: true,
    }
  })
}

export function make(random, shared) {
  const people = agents.map(user)
  const logins = people.map((one) => one.login)
  const items = warrantyItems(random, shared)
  const texts = articles(random, shared.products)
  const desk = {
    agents: logins,
    english: logins[3],
    queues,
    items,
    articles: texts.filter((one) => one.state === 'published'),
  }
  return [
    { form: 'user', key: 'login', rows: [user(lead), ...people] },
    {
      form: 'queue',
      key: 'name',
      rows: Object.entries(queues).map(([code, name]) => ({
        name,
        team: 'Service',
        skills: skills[code],
        active: true,
      })),
    },
    { form: 'article', key: 'name', rows: texts },
    { form: 'warranty_item', key: 'serial', rows: items },
    { form: 'maintenance_plan', rows: maintenancePlans(random, items, logins.slice(0, 3)) },
    ...makeTickets(random, shared, desk),
  ]
}
