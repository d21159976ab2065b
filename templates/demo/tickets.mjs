/** Demo tickets of the last year with their messages and surveys; older ones are closed, those of this week are still at work. */
import { day, moment } from './random.mjs'
import { cases, followUps, internalNotes, remarks } from './ticket_texts.mjs'

const ticketCount = 600

function stateOf(random, ago) {
  if (ago > 45)
    return random.weighted([
      ['closed', 97],
      ['resolved', 3],
    ])
  if (ago > 14)
    return random.weighted([
      ['closed', 78],
      ['resolved', 14],
      ['waiting', 5],
      ['in_progress', 3],
    ])
  if (ago > 3)
    return random.weighted([
      ['closed', 34],
      ['resolved', 24],
      ['waiting', 14],
      ['in_progress', 20],
      ['assigned', 8],
    ])
  return random.weighted([
    ['new', 32],
    ['assigned', 22],
    ['in_progress', 28],
    ['waiting', 8],
    ['resolved', 10],
  ])
}

const solved = new Set(['resolved', 'closed'])
const clock = (random) => `${String(random.int(8, 17)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`
const later = (time, minutes) => {
  const total = Math.min(23 * 60 + 50, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes)
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
}

/** The order that the ticket is about: one of the customer's, placed before. */
function orderFor(random, shared, ago) {
  const before = shared.orders.filter(
    (order) => order.at <= -ago - 3 && order.at > -ago - 150 && order.state !== 'draft' && order.state !== 'cancelled',
  )
  return random.pick(before)
}

const slaOf = (type, priority) => {
  if (priority === 'urgent') return '紧急 Urgent'
  if (type === 'complaint' && priority === 'high') return '投诉 高 Complaint high'
  if (priority !== 'normal') return '一般 Standard'
  return { complaint: '投诉 Complaint', request: '服务请求 Request', feedback: '反馈 Feedback' }[type]
}

const priorities = {
  complaint: [
    ['normal', 50],
    ['high', 36],
    ['urgent', 14],
  ],
  request: [
    ['low', 15],
    ['normal', 67],
    ['high', 15],
    ['urgent', 3],
  ],
  feedback: [
    ['low', 55],
    ['normal', 45],
  ],
}
const channels = [
  ['phone', 34],
  ['mail', 24],
  ['wecom', 20],
  ['web', 10],
  ['mini_program', 7],
  ['portal', 5],
]

function ticketOf(random, shared, desk, serial) {
  const ago = serial > ticketCount - 45 ? random.int(0, 6) : Math.floor(365 * random.next() ** 1.35)
  const order = orderFor(random, shared, ago)
  const english = order.buyer.abroad
  const story = random.pick(cases)
  const product = shared.products.find((one) => one.sku === random.pick(order.lines).product) ?? shared.products[0]
  const [subject, body, answer, resolution] = story[english ? 'en' : 'zh'].map((text) =>
    text.replace('{product}', english ? product.english : product.name).replace('{order}', order.number),
  )
  const state = stateOf(random, ago)
  return {
    ago,
    time: clock(random),
    order,
    english,
    story,
    product,
    subject,
    body,
    answer,
    resolution,
    state,
    number: `TK-${String(serial).padStart(5, '0')}`,
    agent: english ? desk.english : random.pick(desk.agents.slice(0, 3)),
    priority: random.weighted(priorities[story.type]),
  }
}

function ticketRow(random, shared, desk, ticket) {
  const { story, order, state } = ticket
  const item = desk.items.find((one) => one.order === order.number)
  const topic = { technical: 'use', orders: 'order', logistics: 'order', quality: 'fault' }[story.queue]
  const fitting = desk.articles.filter((one) => one.topic === topic && (one.language === 'en') === ticket.english)
  return {
    number: ticket.number,
    state,
    customer: order.buyer.key,
    channel: random.weighted(channels),
    type: story.type,
    priority: ticket.priority,
    received_at: moment(-ticket.ago, ticket.time),
    subject: ticket.subject,
    body: ticket.body,
    complaint_about: story.about,
    wanted_by: story.type === 'request' && random.chance(0.4) ? day(-ticket.ago + random.int(3, 15)) : undefined,
    order: story.order || random.chance(0.5) ? order.number : undefined,
    product: story.product ? ticket.product.sku : undefined,
    warranty_item: item && item.product === ticket.product.sku && story.product ? item.serial : undefined,
    queue: state === 'new' ? undefined : desk.queues[story.queue],
    sla: slaOf(story.type, ticket.priority),
    article: solved.has(state) && fitting.length > 0 && random.chance(0.35) ? random.pick(fitting).name : undefined,
    resolution: solved.has(state) ? ticket.resolution : undefined,
    owner: ticket.agent,
    team: 'Service',
    company: shared.company,
  }
}

function messagesOf(random, ticket) {
  const { number, agent, english } = ticket
  const at = (minutes, daysLater = 0) => ({
    sent_at: moment(Math.min(0, -ticket.ago + daysLater), later(ticket.time, minutes)),
  })
  const say = (direction, body, when) => ({
    ticket: number,
    direction,
    public: direction !== 'internal',
    ...when,
    body,
    owner: agent,
  })
  const messages = [say('incoming', ticket.body, at(0))]
  if (ticket.state === 'new') return messages
  if (random.chance(0.25)) messages.push(say('internal', random.pick(internalNotes), at(9)))
  if (ticket.state === 'assigned') return messages
  messages.push(say('outgoing', ticket.answer, at(random.int(12, 240))))
  if (random.chance(0.4))
    messages.push(say('incoming', random.pick(followUps[english ? 'en' : 'zh']), at(random.int(245, 300))))
  if (solved.has(ticket.state)) messages.push(say('outgoing', ticket.resolution, at(310, random.int(0, 4))))
  return messages
}

/** Who was asked; four of five answer, and complaints answer worse. */
function surveyOf(random, ticket) {
  if (ticket.state !== 'closed' || !random.chance(0.55)) return []
  const sent = Math.min(0, -ticket.ago + random.int(1, 6))
  const expires_at = moment(sent + 14, '18:00')
  if (!random.chance(0.8)) return [{ ticket: ticket.number, expires_at, owner: ticket.agent }]
  const score = random.weighted(
    ticket.story.type === 'complaint'
      ? [
          [5, 30],
          [4, 32],
          [3, 20],
          [2, 11],
          [1, 7],
        ]
      : [
          [5, 55],
          [4, 30],
          [3, 10],
          [2, 3],
          [1, 2],
        ],
  )
  const mood = score > 3 ? 'good' : score === 3 ? 'fair' : 'bad'
  return [
    {
      ticket: ticket.number,
      score,
      comment: random.pick(remarks[ticket.english ? 'en' : 'zh'][mood]),
      answered_on: day(Math.min(0, sent + random.int(0, 9))),
      expires_at,
      owner: ticket.agent,
    },
  ]
}

export function makeTickets(random, shared, desk) {
  const tickets = Array.from({ length: ticketCount }, (_, at) => ticketOf(random, shared, desk, at + 1))
  return [
    { form: 'ticket', key: 'number', rows: tickets.map((ticket) => ticketRow(random, shared, desk, ticket)) },
    { form: 'ticket_message', rows: tickets.flatMap((ticket) => messagesOf(random, ticket)) },
    { form: 'survey', rows: tickets.flatMap((ticket) => surveyOf(random, ticket)) },
  ]
}
