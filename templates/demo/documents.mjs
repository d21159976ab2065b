/** What quotes, contracts and orders of the demo share: who buys, what stands on a line, what it comes to. */

const currencies = {
  DE: 'EUR',
  FR: 'EUR',
  NL: 'EUR',
  IT: 'EUR',
  US: 'USD',
  CA: 'USD',
  AU: 'USD',
  SG: 'USD',
  KR: 'USD',
  JP: 'USD',
  GB: 'GBP',
  HK: 'HKD',
}

/** How many days ago the last order was: active, cooling, dormant, lost; without a span the customer never bought. */
const spans = { active: [0, 90], cooling: [91, 180], dormant: [181, 365], lost: [366, 700] }
const drawn = [
  ['active', 56],
  ['cooling', 12],
  ['dormant', 9],
  ['lost', 6],
  ['potential', 17],
]
const spanOf = (random, { state }) =>
  spans[state === 'active' ? random.weighted(drawn) : random.pick(['dormant', 'lost'])]

/** Customers who ever bought, with what a document takes over from them. A few buy much, many buy little. */
export function buyersOf(random, shared) {
  return random.shuffle(shared.customers).flatMap((customer, rank) => {
    const span = spanOf(random, customer)
    if (span === undefined) return []
    const currency = currencies[customer.country] ?? 'CNY'
    const contact = shared.contacts.find((one) => one.customer === customer.key)
    const taste = random.sample([...new Set(shared.products.map((product) => product.category))], 4)
    return [
      {
        ...customer,
        span,
        active: customer.state === 'active',
        contact: contact?.key,
        address: `${customer.name}\n${customer.address}`,
        taste,
        currency,
        rate: currency === 'CNY' ? 1 : shared.rates[currency],
        abroad: currency !== 'CNY',
        weight: 1 / (rank + 6) ** 0.7,
      },
    ]
  })
}

/** One of those who were still buying so many days ago. */
export function pickBuyer(random, buyers, ago) {
  return random.weighted(buyers.filter(({ span }) => span[0] <= ago).map((buyer) => [buyer, buyer.weight]))
}

function quantityOf(random, product) {
  if (product.code === 'FA') return random.pick([200, 500, 1000, 2000, 5000])
  if (product.type === 'service') return random.pick([2, 4, 8, 12.5, 16])
  if (product.fractional) return Number((random.int(20, 400) / 2).toFixed(1))
  return product.price > 300 ? random.int(1, 24) : random.int(5, 160)
}

const discounts = [
  [0, 46],
  [3, 9],
  [5, 16],
  [8, 9],
  [10, 9],
  [12, 4],
  [15, 4],
  [18, 2],
  [20, 1],
]

function line(random, product, buyer) {
  const list = Number((product.price / buyer.rate).toFixed(buyer.abroad || product.price < 2 ? 4 : 2))
  const price = random.chance(0.12) ? Number((list * (0.9 + random.next() * 0.08)).toFixed(4)) : list
  return {
    product: product.sku,
    description: buyer.abroad ? product.english : product.name,
    unit: product.unit,
    quantity: quantityOf(random, product),
    list_price: list,
    price,
    discount: random.weighted(discounts),
    tax_code: buyer.abroad ? 'VAT0' : product.tax,
  }
}

/** One to seven lines, no product twice; mostly of the categories that the buyer likes. */
export function linesOf(random, shared, buyer) {
  const count = random.weighted([
    [1, 18],
    [2, 24],
    [3, 22],
    [4, 15],
    [5, 10],
    [6, 7],
    [7, 4],
  ])
  const liked = shared.products.filter((product) => buyer.taste.includes(product.category))
  const others = random.sample(shared.products, 2)
  return random.sample([...new Set([...liked, ...others])], count).map((product) => line(random, product, buyer))
}

const cents = (value) => Math.round(value * 100 + 1e-7) / 100
const rates = { VAT13: 13, VAT6: 6, VAT0: 0 }

/** What the document comes to, in its own currency and in CNY; near enough to tell what needs approval. */
export function sumsOf(lines, buyer) {
  const nets = lines.map((one) => cents(one.quantity * one.price * (1 - one.discount / 100)))
  const gross = cents(nets.reduce((sum, net, at) => sum + net + cents((net * rates[lines[at].tax_code]) / 100), 0))
  const base = gross * buyer.rate
  return { gross, base, needsApproval: base > 100000 || lines.some((one) => one.discount > 15) }
}

const terms = {
  CNY: ['NET30', 'NET30', 'EOM30', 'SPLIT37', 'PREPAID', 'NET60'],
  other: ['PREPAID', 'SPLIT37', 'NET30'],
}
const lists = { USD: 'Export USD', EUR: 'Export EUR' }

/** The head that every document has. */
export function headOf(random, shared, buyer) {
  return {
    customer: buyer.key,
    contact: buyer.contact,
    currency: buyer.currency,
    exchange_rate: buyer.rate,
    payment_term: random.pick(terms[buyer.currency] ?? terms.other),
    owner: buyer.owner,
    team: buyer.team,
    company: shared.company,
  }
}

export const priceListOf = (random, buyer) =>
  lists[buyer.currency] ??
  (buyer.abroad ? undefined : random.pick(['标准价目表', '标准价目表', '经销商价目表', '工程项目价目表']))
