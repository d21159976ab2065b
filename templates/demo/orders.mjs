/** Demo contracts, quotes and orders over two years, with growth and a season; an order may come from a quote or draw on a contract. */
import { buyersOf, headOf, linesOf, pickBuyer, priceListOf, sumsOf } from './documents.mjs'
import { day, numbered } from './random.mjs'

const orderCount = 1500
const quoteCount = 300
const contractCount = 40
const days = 730

/** Days before installation: more of late than long ago, with a yearly wave. */
function orderDay(random) {
  for (;;) {
    const ago = random.int(0, days)
    const weight = (1 - ago / days / 1.7) * (1 + 0.28 * Math.sin((2 * Math.PI * ago) / 365 + 1))
    if (random.next() * 1.28 < weight) return -ago
  }
}

const contractStates = [
  ['active', 66],
  ['fulfilled', 10],
  ['expired', 13],
  ['draft', 5],
  ['in_approval', 2],
  ['terminated', 4],
]
const contractNames = [
  '年度框架采购合同',
  '门店照明改造合同',
  '五金件年度供货合同',
  '软装工程供货合同',
  '办公楼灯具供货合同',
]

function contractOf(random, shared, buyer, serial) {
  const state = random.weighted(contractStates)
  const over = state === 'fulfilled' || state === 'expired' || state === 'terminated'
  const starts = over ? -random.int(380, 640) : -random.int(20, 330)
  const ends = over ? -random.int(2, 90) : starts + 365
  const { payment_term, contact, owner, team, company } = headOf(random, shared, buyer)
  return {
    starts,
    ends,
    state,
    buyer,
    room: 0,
    row: {
      number: `CT-${String(serial).padStart(4, '0')}`,
      state,
      name: random.pick(contractNames),
      customer: buyer.key,
      contact,
      starts_on: day(starts),
      ends_on: day(ends),
      notice_days: random.pick([30, 60, 60, 90]),
      currency: 'CNY',
      payment_term,
      value: 0,
      terms: '<p>货物按批次交付，质保两年。每批交付后按发票结算。</p>',
      terminate_reason: state === 'terminated' ? random.pick(['客户项目中止', '双方协商一致终止']) : undefined,
      owner,
      team,
      company,
    },
  }
}

const quoteDays = {
  accepted: [15, 500],
  declined: [20, 450],
  expired: [50, 400],
  sent: [1, 20],
  approved: [1, 12],
  in_approval: [0, 6],
  draft: [0, 10],
  rejected: [3, 60],
  superseded: [30, 300],
}
const quoteStates = [
  ['accepted', 38],
  ['declined', 16],
  ['expired', 14],
  ['sent', 14],
  ['approved', 2],
  ['draft', 8],
  ['in_approval', 4],
  ['rejected', 2],
  ['superseded', 3],
]

/** The drawn state, or the nearest one that agrees with whether the quote needs approval. */
function quoteState(drawn, needsApproval) {
  if (needsApproval) return drawn === 'draft' ? 'in_approval' : drawn
  return { in_approval: 'draft', rejected: 'sent', approved: 'sent' }[drawn] ?? drawn
}

function quoteOf(random, shared, buyers, serial) {
  const drawn = random.weighted(quoteStates)
  const buyer = pickBuyer(
    random,
    buyers.filter(({ active }) => active),
    random.int(...quoteDays[drawn]),
  )
  const lines = linesOf(random, shared, buyer)
  const { needsApproval } = sumsOf(lines, buyer)
  const state = quoteState(drawn, needsApproval)
  const [from, to] = quoteDays[state]
  const quoted = -random.int(Math.max(from, Math.min(buyer.span[0] + 30, to)), to)
  return {
    state,
    quoted,
    buyer,
    lines,
    number: `QT-${String(serial).padStart(5, '0')}`,
    opportunity: opportunityOf(random, shared, { buyer, state }),
    row: (quote) => ({
      number: quote.number,
      state,
      opportunity: quote.opportunity,
      quote_date: day(quoted),
      valid_until: day(quoted + 30),
      price_list: priceListOf(random, buyer),
      ...headOf(random, shared, buyer),
      ship_to: buyer.address,
      bill_to: buyer.address,
      terms: buyer.abroad
        ? '<p>FOB Shenzhen. Delivery 20 days after the down payment.</p>'
        : '<p>含税含运，款到后 15 天内交货。</p>',
      reject_reason: state === 'rejected' ? '折扣过高，须重新核价' : undefined,
      decline_reason:
        state === 'declined'
          ? buyer.abroad
            ? 'Price above budget'
            : random.pick(['价格高于预算', '选择了其他供应商', '项目延期'])
          : undefined,
      lines,
    }),
  }
}

const dealStates = {
  accepted: ['won'],
  declined: ['lost'],
  expired: ['lost', 'negotiation'],
  rejected: ['proposal'],
  draft: ['needs', 'proposal'],
  superseded: ['negotiation', 'won'],
}

/** An opportunity of the buyer whose state fits that of the quote. */
function opportunityOf(random, shared, { buyer, state }) {
  const fitting = dealStates[state] ?? ['proposal', 'negotiation']
  const own = shared.opportunities.filter((deal) => deal.customer === buyer.key && fitting.includes(deal.state))
  return own.length > 0 ? random.pick(own).number : undefined
}

function orderState(random, ago) {
  if (ago > 60)
    return random.weighted([
      ['closed', 95],
      ['cancelled', 5],
    ])
  if (ago > 25)
    return random.weighted([
      ['closed', 58],
      ['submitted', 35],
      ['on_hold', 3],
      ['cancelled', 4],
    ])
  if (ago > 8)
    return random.weighted([
      ['closed', 14],
      ['submitted', 77],
      ['on_hold', 5],
      ['cancelled', 4],
    ])
  return random.weighted([
    ['submitted', 72],
    ['draft', 26],
    ['cancelled', 2],
  ])
}

const carriers = [
  ['顺丰速运', 'SF Express'],
  ['德邦快递', 'Deppon'],
  ['跨越速运', 'KYE'],
  ['中远海运', 'COSCO Shipping'],
  ['敦豪', 'DHL'],
]
const holds = ['等待客户付款', '信用额度待核', '客户要求暂缓发货']
const cancels = ['客户取消项目', '重复下单', '交期无法满足']

function shipping(random, order) {
  const waits = random.int(8, 32)
  const shipped = order.state === 'closed' ? Math.min(0, order.at + Math.max(1, waits + random.int(-7, 5))) : undefined
  return {
    promised_date: day(order.at + waits),
    shipped_date: shipped === undefined ? undefined : day(shipped),
    carrier: shipped === undefined ? undefined : random.pick(carriers)[order.buyer.abroad ? 1 : 0],
  }
}

function orderRow(random, shared, order, serial) {
  const { buyer, state, quote, contract } = order
  const head = headOf(random, shared, buyer)
  return {
    number: numbered('SO', serial),
    state,
    customer_reference: random.chance(0.7) ? `PO${String(20000 + serial * 7)}` : undefined,
    order_date: day(order.at),
    ...shipping(random, order),
    contract: contract?.row.number,
    quote: quote?.number,
    opportunity: quote?.opportunity,
    ...head,
    ...(contract ? { payment_term: contract.row.payment_term } : {}),
    price_list: priceListOf(random, buyer),
    ship_to: buyer.address,
    bill_to: buyer.address,
    freight: random.chance(0.55) ? (random.int(20, 900) / buyer.rate).toFixed(2) : 0,
    hold_reason: state === 'on_hold' ? random.pick(holds) : undefined,
    cancel_reason: state === 'cancelled' ? random.pick(cancels) : undefined,
    lines: order.lines,
  }
}

/** Orders draw on a contract only while it holds, and only once it left its drafts. */
function contractFor(random, contracts, order) {
  const found = contracts.find(
    (one) =>
      one.buyer === order.buyer &&
      order.at >= one.starts &&
      order.at <= Math.min(one.ends, 0) &&
      one.state !== 'draft' &&
      one.state !== 'in_approval',
  )
  if (!found || !random.chance(0.75)) return undefined
  found.room += sumsOf(order.lines, order.buyer).gross
  return found
}

function orderBy(random, shared, buyer, at) {
  return { buyer, at, state: orderState(random, -at), lines: linesOf(random, shared, buyer) }
}

/** The order that makes each buyer's stage true: the last one lies in the span of the stage. */
function lastOrders(random, shared, buyers) {
  return buyers.map((buyer) => {
    const at = -random.int(...buyer.span)
    return { ...orderBy(random, shared, buyer, at), state: at < -25 ? 'closed' : 'submitted' }
  })
}

function freeOrders(random, shared, buyers, count) {
  return Array.from({ length: count }, () => {
    const at = orderDay(random)
    return orderBy(random, shared, pickBuyer(random, buyers, -at), at)
  })
}

function ordersFromQuotes(random, quotes) {
  return quotes
    .filter((quote) => quote.state === 'accepted' && random.chance(0.85))
    .map((quote) => {
      const at = Math.min(-quote.buyer.span[0], quote.quoted + random.int(2, 25))
      return { buyer: quote.buyer, at, state: orderState(random, -at), lines: quote.lines, quote }
    })
}

/** Twice what was ordered at most, in whole ten thousands: the open value is never below zero. */
function contractValue(random, contract) {
  return Math.ceil((contract.room * (1.05 + random.next() * 0.9) + 40000) / 10000) * 10000
}

export function makeDocuments(random, shared) {
  const buyers = buyersOf(random, shared)
  const contracts = buyers
    .filter((buyer) => !buyer.abroad && buyer.active)
    .slice(0, contractCount)
    .map((buyer, at) => contractOf(random, shared, buyer, at + 1))
  const quotes = Array.from({ length: quoteCount }, (_, at) => quoteOf(random, shared, buyers, at + 1))
  const quoted = ordersFromQuotes(random, quotes)
  const last = lastOrders(random, shared, buyers)
  const orders = [
    ...freeOrders(random, shared, buyers, orderCount - quoted.length - last.length),
    ...quoted,
    ...last,
  ].sort((a, b) => a.at - b.at)
  for (const order of orders) if (!order.quote) order.contract = contractFor(random, contracts, order)
  for (const contract of contracts) contract.row.value = contractValue(random, contract)
  shared.buyers = buyers
  shared.orders = orders.map((order, at) => ({ number: numbered('SO', at + 1), ...order }))
  return [
    { form: 'contract', key: 'number', rows: contracts.map((contract) => contract.row) },
    { form: 'quote', key: 'number', rows: quotes.map((quote) => quote.row(quote)) },
    { form: 'order', key: 'number', rows: shared.orders.map((order, at) => orderRow(random, shared, order, at + 1)) },
  ]
}
