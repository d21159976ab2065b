/** 180 opportunities over all states: for customers, and a few for leads that are not customers yet. */
import { devices, families, goods } from '../goods.mjs'
import { day, numbered } from '../random.mjs'
import { competitors, fill, lostReasons, projects } from './texts.mjs'

const states = { contacted: 32, needs: 30, proposal: 26, negotiation: 18, won: 48, lost: 26 }
const probability = { contacted: 10, needs: 30, proposal: 50, negotiation: 80, won: 100, lost: 0 }
const withoutCustomer = 12
const services = goods.filter(({ family }) => family === 'service')
const past = new Set(['won', 'lost'])

/** Bigger customers buy more at once. */
const scale = { huge: 8, large: 4, medium: 2, small: 1, micro: 0.5, '': 0.5 }

/** How many of an item make up the value, in the steps in which people order. */
function quantityFor(item, value) {
  const exact = value / item.price
  const step = exact > 2000 ? 500 : exact > 200 ? 50 : exact > 30 ? 5 : 1
  return Math.max(1, Math.round(exact / step) * step)
}

function linesOf(random, { language, main, factor }) {
  const first = { item: main, quantity: quantityFor(main, factor * random.int(12000, 45000)) }
  const more = random
    .sample(
      devices.filter((one) => one !== main),
      random.int(0, 2),
    )
    .map((item) => ({ item, quantity: quantityFor(item, factor * random.int(2000, 16000)) }))
  const help = random.chance(0.5) ? [{ item: random.pick(services), quantity: random.int(2, 24) }] : []
  return [first, ...more, ...help].map(({ item, quantity }) => ({
    description: item[language],
    quantity,
    price: (item.price * (0.88 + random.next() * 0.14)).toFixed(2),
  }))
}

function closeDay(random, state) {
  if (state === 'won' || state === 'lost') return random.int(-330, -3)
  const near = { negotiation: [3, 35], proposal: [10, 60], needs: [20, 100], contacted: [30, 150] }[state]
  return random.chance(0.1) ? random.int(-15, -1) : random.int(...near)
}

function makeDeal(random, { index, state, customer, lead }) {
  const language = (customer ?? lead).language
  const holder = (customer ?? lead).row
  const main = random.pick(devices)
  const hasLines = state !== 'contacted' && random.chance(0.75)
  const factor = scale[customer?.row.size ?? 'small']
  const row = {
    number: numbered('OP', index + 1),
    name: fill(random.pick(projects[language]), { goods: main[language] }),
    lead: lead?.row.number,
    customer: customer?.row.number,
    contact: customer && random.chance(0.9) ? random.pick(customer.contacts).number : undefined,
    campaign: lead?.row.campaign,
    lines: hasLines ? linesOf(random, { language, main, factor }) : [],
    estimate: hasLines ? '' : `${Math.round(random.int(15, 90) * factor) * 1000}.00`,
    probability: probability[state],
    expected_close: day(closeDay(random, state)),
    competitor: random.chance(0.3) ? random.pick(competitors[language]) : '',
    lost_reason: state === 'lost' ? random.pick(lostReasons[language]) : undefined,
    note: random.chance(0.25)
      ? `${language === 'zh' ? '关注：' : 'Looks at: '}${families[main.family][language === 'zh' ? 1 : 0]}`
      : '',
    team: holder.team,
    owner: holder.owner,
    state,
  }
  return { row, language, customer, lead }
}

export function makeDeals(random, { customers, leads }) {
  const order = random.shuffle(
    Object.entries(states).flatMap(([state, count]) => Array.from({ length: count }, () => state)),
  )
  const active = customers
    .filter(({ row }) => row.state === 'active')
    .map((customer) => [customer, scale[customer.row.size] + 1])
  const qualified = leads.filter(({ row }) => row.state === 'qualified').slice(0, withoutCustomer)
  const converted = leads.filter(({ customer }) => customer)
  return order.map((state, index) => {
    const early = state === 'contacted' || state === 'needs'
    const lead =
      early && qualified.length > 0
        ? qualified.pop()
        : converted.length > 0 && random.chance(0.2)
          ? converted.pop()
          : undefined
    const customer = lead
      ? lead.customer
      : random.weighted(past.has(state) ? customers.map((one) => [one, scale[one.row.size] + 1]) : active)
    return makeDeal(random, { index, state, customer, lead })
  })
}
