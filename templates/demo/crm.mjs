/** Demo data of the pack `crm`. Leaves in `shared` what later packs build on: `goods`, `users`, `customers`, `contacts`, `opportunities`. */
import { makeActivities } from './crm/activities.mjs'
import { makeCampaigns, makeMembers } from './crm/campaigns.mjs'
import { groups, makeContacts, makeCustomers, territories } from './crm/customers.mjs'
import { makeDeals } from './crm/deals.mjs'
import { makeLeads } from './crm/leads.mjs'
import { makeTargets, makeUsers } from './crm/staff.mjs'
import { goods } from './goods.mjs'

/** A customer for later packs: `key` links to it, `address` is its first address in one line. */
const buyer = ({ row, place, language }) => ({
  key: row.number,
  name: row.name,
  state: row.state,
  type: row.type,
  tier: row.tier,
  size: row.size,
  industry: row.industry,
  group: row.group,
  country: place.country,
  currency: place.currency,
  language,
  owner: row.owner,
  team: row.team,
  region: row.region,
  address: [row.addresses[0].street, row.addresses[0].postcode].join(' '),
})
const person = ({ number, customer, name }) => ({ key: number, customer, name })
const deal = ({ row }) => ({
  number: row.number,
  customer: row.customer,
  contact: row.contact,
  state: row.state,
  expectedClose: row.expected_close,
  owner: row.owner,
  team: row.team,
})

const rowsOf = (things) => things.map(({ row }) => row)

export function make(random, shared) {
  const users = makeUsers()
  const customers = makeCustomers(random, users)
  const contacts = makeContacts(random, customers)
  const campaigns = makeCampaigns(random, users)
  const leads = makeLeads(random, { customers, campaigns, users })
  const deals = makeDeals(random, { customers, leads })
  const activities = makeActivities(random, { customers, deals, leads })
  const members = makeMembers(random, { campaigns, leads, customers })
  shared.users.push(...users)
  Object.assign(shared, {
    goods,
    customers: customers.map(buyer),
    contacts: contacts.map(person),
    opportunities: deals.map(deal),
    customerRows: rowsOf(customers),
  })
  return [
    { form: 'user', key: 'login', rows: users },
    { form: 'territory', key: 'name', rows: territories },
    { form: 'customer_group', key: 'name', rows: groups },
    { form: 'campaign', key: 'name', rows: rowsOf(campaigns) },
    { form: 'customer', key: 'number', rows: rowsOf(customers) },
    { form: 'contact', key: 'number', rows: contacts },
    { form: 'lead', key: 'number', rows: rowsOf(leads) },
    { form: 'opportunity', key: 'number', rows: rowsOf(deals) },
    { form: 'activity', rows: activities },
    { form: 'campaign_member', rows: members },
    { form: 'sales_target', rows: makeTargets(random, users) },
  ]
}

/** `lifecycle_stage` follows from the day of the last order, as the rule of the pack says; without orders a customer is potential. */
function stageOf(lastOrder) {
  if (lastOrder === undefined) return 'potential'
  if (lastOrder >= -90) return 'active'
  if (lastOrder >= -180) return 'cooling'
  return lastOrder >= -365 ? 'dormant' : 'lost'
}

/** Once every pack has made its data: the stages, from the orders that `sales` left in `shared.orders` (`{buyer, at, state}`). */
export function finish(shared) {
  const last = new Map()
  for (const {
    buyer: { key },
    at,
    state,
  } of shared.orders ?? []) {
    if (state !== 'draft' && state !== 'cancelled') last.set(key, Math.max(at, last.get(key) ?? at))
  }
  for (const row of shared.customerRows) row.lifecycle_stage = stageOf(last.get(row.number))
}
