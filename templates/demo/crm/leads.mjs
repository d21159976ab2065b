/** 150 leads over all states; the converted ones belong to customers of the demo data. */
import { companyName, industryShares } from '../companies.mjs'
import { devices } from '../goods.mjs'
import { person, phone } from '../people.mjs'
import { places, territoryNames } from '../places.mjs'
import { day, numbered } from '../random.mjs'
import { fill, leadNotes, lostLeads } from './texts.mjs'

const states = { new: 30, contacted: 35, qualified: 25, converted: 20, lost: 22, pooled: 18 }
const sourceOf = { fair: 'fair', web: 'web', event: 'form', email: 'form', wecom: 'wecom', call: 'call', social: 'web' }
const freeSources = [
  ['web', 30],
  ['form', 20],
  ['referral', 25],
  ['call', 15],
  ['wecom', 10],
]
const intents = { new: [1, 3], contacted: [1, 4], qualified: [3, 5], converted: [3, 5], lost: [1, 2], pooled: [1, 3] }
/** A note fits the way the lead came: the first ones are of a fair, of the web, of a referral. */
const notesFor = (source, language) => {
  const [fair, web, referral, ...any] = leadNotes[language]
  return [...any, ...({ fair: [fair], web: [web], form: [web], referral: [referral] }[source] ?? [])]
}
const open = new Set(['new', 'contacted', 'qualified'])

/** A stranger, or for a converted lead the primary contact of a customer. */
function identity(random, { chinese, customer }, taken) {
  if (customer) {
    const [contact] = customer.contacts
    return {
      place: customer.place,
      name: contact.name,
      company: customer.row.type === 'person' ? '' : customer.row.name,
      phone: contact.phones[0].phone,
      email: contact.emails[0].email,
    }
  }
  const place = random.pick(chinese ? places.china : places.abroad)
  const { name, local } = person(random, place.country)
  const { name: company, domain } = companyName(
    random,
    { place, industry: random.weighted(industryShares), large: false },
    taken,
  )
  return { place, name, company, phone: phone(random, place, true), email: `${local}@${domain}` }
}

function makeLead(random, { index, state, customer, campaigns, reps, taken }) {
  const chinese = customer ? customer.language === 'zh' : random.chance(0.65)
  const language = chinese ? 'zh' : 'en'
  const who = identity(random, { chinese, customer }, taken)
  const campaign = random.chance(0.55)
    ? random.pick(campaigns.filter((one) => one.state !== 'planned' && one.abroad !== chinese))
    : undefined
  const source = campaign ? sourceOf[campaign.channel] : random.weighted(freeSources)
  const rep = random.pick(reps[chinese ? 'Domestic' : 'Export'])
  const owner = customer ? { login: customer.row.owner, team: customer.row.team } : state === 'pooled' ? {} : rep
  const intent = random.int(...intents[state])
  const byWeb = ['web', 'form'].includes(source)
  const row = {
    number: numbered('L', index + 1),
    name: who.name,
    company_name: who.company,
    phone: random.chance(0.9) ? who.phone : '',
    email: byWeb || random.chance(0.7) ? who.email : '',
    wechat: '',
    source,
    campaign: campaign?.row.name,
    territory: territoryNames[who.place.territory],
    intent,
    score: Math.min(100, intent * 15 + random.int(0, 20) + (campaign ? 5 : 0)),
    next_contact: open.has(state)
      ? day(
          random.weighted([
            [random.int(1, 20), 75],
            [random.int(-9, 0), 25],
          ]),
        )
      : undefined,
    lost_reason: state === 'lost' ? random.pick(lostLeads[language]) : undefined,
    customer: customer?.row.number,
    external_id: byWeb ? `web-${10240 + index * 7}` : undefined,
    note: random.chance(0.7)
      ? fill(random.pick(notesFor(source, language)), { goods: random.pick(devices)[language] })
      : '',
    team: owner.team,
    owner: owner.login,
    state,
  }
  if (row.phone === '' && row.email === '') row.wechat = `wx_${who.email.split('@')[0].replaceAll('.', '_')}`
  return { row, language, customer }
}

export function makeLeads(random, { customers, campaigns, users }) {
  const taken = new Set(customers.map(({ row }) => row.name))
  const reps = Object.fromEntries(
    ['Domestic', 'Export'].map((team) => [
      team,
      users.filter((user) => user.team === team && user.roles.includes('sales_rep')),
    ]),
  )
  const converted = random.sample(
    customers.filter(({ row }) => row.state === 'active'),
    states.converted,
  )
  const order = random.shuffle(
    Object.entries(states).flatMap(([state, count]) => Array.from({ length: count }, () => state)),
  )
  return order.map((state, index) =>
    makeLead(random, {
      index,
      state,
      campaigns,
      reps,
      taken,
      customer: state === 'converted' ? converted.pop() : undefined,
    }),
  )
}
