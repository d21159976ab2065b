/** 200 customers, two thirds of them in China, and 320 contacts: who they are, where, and who looks after them. */
import { companyName, industryShares, taxNumber } from '../companies.mjs'
import { families } from '../goods.mjs'
import { person, phone } from '../people.mjs'
import { address, places, territoryNames } from '../places.mjs'
import { numbered } from '../random.mjs'
import { jobs, painPoints, tags } from './texts.mjs'

const counts = { chinese: 130, all: 200, persons: 8, contacts: 320 }
const sizes = { micro: 14, small: 52, medium: 78, large: 40, huge: 16 }
const sources = [
  ['fair', 30],
  ['web', 22],
  ['form', 10],
  ['wecom', 14],
  ['referral', 16],
  ['call', 8],
]

export const territories = [
  { name: '中国 China' },
  { name: '海外 Overseas' },
  ...Object.entries(territoryNames).map(([key, name]) => ({
    name,
    parent: /^[A-Z]/.test(key) ? '海外 Overseas' : '中国 China',
  })),
]
export const groups = [
  { name: '直销客户 Direct' },
  { name: '渠道客户 Channel' },
  { name: '大客户 Key accounts', parent: '直销客户 Direct' },
  { name: '中小企业 Small business', parent: '直销客户 Direct' },
  { name: '经销商 Distributors', parent: '渠道客户 Channel' },
  { name: '工程商 Contractors', parent: '渠道客户 Channel' },
]

function tierOf(random, size) {
  if (size === 'huge') return random.chance(0.5) ? 'strategic' : 'key'
  if (size === 'large') return random.chance(0.5) ? 'key' : 'standard'
  return size === 'micro'
    ? 'small'
    : random.weighted([
        ['standard', 80],
        ['small', 15],
        ['key', 5],
      ])
}

function groupOf(random, { size, industry, tier }) {
  if (tier === 'strategic' || tier === 'key') return '大客户 Key accounts'
  if (industry === 'retail' && random.chance(0.6)) return '经销商 Distributors'
  if (industry === 'construction' && random.chance(0.4)) return '工程商 Contractors'
  return size === 'large' ? '直销客户 Direct' : '中小企业 Small business'
}

function addressesOf(random, place) {
  const make = (kind) => ({ kind, ...address(random, place), is_default: 'true' })
  return ['office', ...(random.chance(0.4) ? ['shipping'] : []), ...(random.chance(0.15) ? ['billing'] : [])].map(make)
}

/** Who the customer is: a firm, or for a few a person who buys alone. */
function identity(random, { place, industry, size, isPerson }, taken) {
  if (!isPerson) {
    const { name, domain } = companyName(random, { place, industry, large: size === 'huge' }, taken)
    return { name, domain, tax: taxNumber(random, place.country) }
  }
  const { name, local } = person(random, place.country)
  return {
    name,
    mail: `${local}@mail.example`,
    birthday: `${random.int(1962, 1998)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
  }
}

const textsOf = (language, random) => ({
  tags: random.sample(tags[language], random.int(0, 3)),
  preference: random.sample(Object.values(families), random.int(0, 2)).map(([en, zh]) => (language === 'zh' ? zh : en)),
  pain_points: random.chance(0.6) ? random.pick(painPoints[language]) : '',
})

/** What a later step needs to know about a customer besides its CSV row. */
function makeCustomer(random, index, { taken, reps }) {
  const chinese = index % 20 < 13
  const language = chinese ? 'zh' : 'en'
  const place = random.pick(chinese ? places.china : places.abroad)
  const isPerson = index % 25 === 24
  const size = isPerson ? 'micro' : random.weighted(Object.entries(sizes))
  const industry = random.weighted(industryShares)
  const inactive = index % 13 === 12
  const who = identity(random, { place, industry, size, isPerson }, taken)
  const owner = random.pick(reps[chinese ? 'Domestic' : 'Export'])
  const tier = tierOf(random, size)
  const row = {
    number: numbered('C', index + 1),
    name: who.name,
    type: isPerson ? 'person' : 'company',
    tax_number: who.tax,
    group: groupOf(random, { size, industry, tier }),
    industry: isPerson ? 'other' : industry,
    size: isPerson ? '' : size,
    source: random.weighted(sources),
    territory: territoryNames[place.territory],
    region: place.region,
    addresses: addressesOf(random, place),
    phone: phone(random, place, isPerson),
    email: who.mail ?? `${chinese ? 'lianxi' : 'info'}@${who.domain}`,
    website: isPerson ? '' : `https://www.${who.domain}`,
    ...textsOf(language, random),
    birthday: who.birthday,
    parent: undefined,
    tier,
    lifecycle_stage: 'potential',
    successor_of: undefined,
    team: owner.team,
    owner: owner.login,
    state: inactive ? 'inactive' : 'active',
  }
  return { row, place, language, domain: who.domain ?? 'mail.example', contacts: [] }
}

/** Some firms belong to a bigger one; some came from a colleague. */
function connect(random, customers) {
  const firms = customers.filter(({ row }) => row.type === 'company')
  for (const child of random.sample(firms.slice(60), 14)) {
    const parents = firms.filter(
      (firm) =>
        firm.place.country === child.place.country &&
        ['large', 'huge'].includes(firm.row.size) &&
        firm.row.number < child.row.number,
    )
    if (parents.length > 0) child.row.parent = random.pick(parents).row.number
  }
  for (const taken of random.sample(firms, 6)) {
    taken.row.successor_of = taken.row.owner.startsWith('li.wei')
      ? taken.row.owner.replace('li.wei', 'zhou.lei')
      : taken.row.owner.replace(/^[^@]+/, 'li.wei')
  }
}

export function makeCustomers(random, users) {
  const taken = new Set()
  const reps = Object.fromEntries(
    ['Domestic', 'Export'].map((team) => [
      team,
      users.filter((user) => user.team === team && user.roles.includes('sales_rep')),
    ]),
  )
  const customers = Array.from({ length: counts.all }, (_, index) => makeCustomer(random, index, { taken, reps }))
  connect(random, customers)
  return customers
}

function contactRow(random, customer, { number, first, role }) {
  const { name, local } = person(random, customer.place.country)
  const isPerson = customer.row.type === 'person'
  const own = first && isPerson ? customer.row : undefined
  const phones = [{ kind: 'mobile', phone: own?.phone ?? phone(random, customer.place, true) }]
  if (random.chance(0.35)) phones.push({ kind: 'work', phone: phone(random, customer.place, false) })
  return {
    number: numbered('P', number),
    customer: customer.row.number,
    name: own?.name ?? name,
    job_title: isPerson ? '' : random.pick(jobs[role][customer.language]),
    decision_role: role,
    reports_to: first ? undefined : customer.contacts[0].number,
    phones,
    emails: [{ kind: 'work', email: own?.email ?? `${local}@${customer.domain}` }],
    is_primary: String(first),
    opt_out: random.chance(0.12) ? random.sample(['email', 'sms', 'wecom', 'call'], random.int(1, 2)) : [],
  }
}

/** One contact each, the primary one; the rest go to firms, mostly the larger ones. */
export function makeContacts(random, customers) {
  const firms = customers.filter(({ row }) => row.type === 'company')
  const weights = firms.map((firm) => [firm, { huge: 8, large: 5, medium: 2, small: 1, micro: 0.5 }[firm.row.size]])
  const extra = Array.from({ length: counts.contacts - customers.length }, () => random.weighted(weights))
  return [...customers, ...extra].map((customer, index) => {
    const first = customer.contacts.length === 0
    const role = first
      ? random.weighted([
          ['decider', 7],
          ['influencer', 3],
        ])
      : random.weighted([
          ['influencer', 4],
          ['user', 5],
          ['blocker', 1],
        ])
    const row = contactRow(random, customer, { number: index + 1, first, role })
    customer.contacts.push(row)
    return row
  })
}
