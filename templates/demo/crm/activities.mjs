/** 600 activities about customers, opportunities and leads: most are history, some lie ahead, a few are late. */
import { devices } from '../goods.mjs'
import { day, moment } from '../random.mjs'
import { activities, fill } from './texts.mjs'

const counts = { customer: 250, opportunity: 230, lead: 120 }
const kinds = [
  ['call', 38],
  ['visit', 20],
  ['mail', 18],
  ['note', 10],
  ['task', 14],
]
const times = ['08:45', '09:15', '10:00', '10:40', '11:20', '13:45', '14:30', '15:10', '16:00', '17:20']

const when = {
  done: (random) => -Math.round(random.next() ** 1.6 * 240) - 1,
  open: (random) => (random.chance(0.22) ? random.int(-12, -1) : random.int(0, 28)),
  cancelled: (random) => random.int(-120, -2),
}

function makeActivity(random, { form, subject }) {
  const { row, language } = subject
  const people = subject.customer?.contacts ?? subject.contacts
  const kind = random.weighted(kinds)
  const state =
    kind === 'note'
      ? 'done'
      : random.weighted([
          ['done', 76],
          ['open', 20],
          ['cancelled', 4],
        ])
  const names = { goods: random.pick(devices)[language], name: people ? random.pick(people).name : row.name }
  const [summary, result] = random.pick(activities[kind][language]).map((text) => fill(text, names))
  const offset = when[state](random)
  return {
    summary,
    subject: `${form}/${row.number}`,
    kind,
    due: moment(offset, random.pick(times)),
    result: state === 'done' ? result : '',
    next_contact: state === 'done' && offset > -20 && random.chance(0.4) ? day(offset + random.int(21, 40)) : undefined,
    team: row.team,
    owner: row.owner,
    state,
  }
}

export function makeActivities(random, { customers, deals, leads }) {
  const lists = {
    customer: customers.filter(({ row }) => row.state === 'active'),
    opportunity: deals,
    lead: leads.filter(({ row }) => row.owner),
  }
  return Object.entries(counts).flatMap(([form, count]) =>
    Array.from({ length: count }, () => makeActivity(random, { form, subject: random.pick(lists[form]) })),
  )
}
