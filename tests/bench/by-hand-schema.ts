/** What both hand-written servers share: tables, indexes, the schema of a body, the row on the wire. Keeps no change log. */

/** The indexes that our two forms have, and no other. */
export const indexes = [
  'create index customer_owner on customer (owner, id)',
  'create index orders_customer on orders (customer, id)',
  'create index orders_number on orders (number, id)',
  'create index orders_date on orders (order_date, id)',
  'create index orders_list on orders (owner, order_date, id)',
]

const text = (max: number) => ({ type: 'string', maxLength: max }) as const

export const orderBody = {
  type: 'object',
  additionalProperties: false,
  required: ['number', 'customer', 'order_date'],
  properties: {
    number: text(40),
    customer: text(40),
    order_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    status: { enum: ['draft', 'sent', 'paid'] },
    quantity: { type: 'integer', minimum: 0 },
    price: { type: 'string', pattern: '^\\d{1,13}(\\.\\d{1,2})?$' },
    note: text(500),
  },
} as const

export const noteBody = {
  type: 'object',
  additionalProperties: false,
  properties: { note: text(500) },
} as const

export interface OrderBody {
  readonly number: string
  readonly customer: string
  readonly order_date: string
  readonly status?: string
  readonly quantity?: number
  readonly price?: string
  readonly note?: string
}

export interface OrderRow {
  readonly id: string
  readonly customer: string
  readonly customer_name: string
  readonly tier?: string
  readonly credit?: number | string
  readonly price: number | string | null
  readonly total: number | string | null
}

/** The columns of a new order in their order, values bound. */
export function newOrder(order: OrderBody, of: { readonly id: string; readonly owner: string }) {
  const price = order.price === undefined ? null : scaled(order.price)
  return {
    id: of.id,
    owner: of.owner,
    number: order.number,
    customer: order.customer,
    order_date: order.order_date,
    status: order.status ?? 'draft',
    quantity: order.quantity ?? null,
    price,
    total: price === null || order.quantity === undefined ? null : price * order.quantity,
    note: order.note ?? null,
    updated_at: new Date().toISOString(),
  }
}

/** An order with its customer: a link, or expanded. */
export function wire({ customer_name, tier, credit, ...row }: OrderRow) {
  const link = { id: row.customer, title: customer_name }
  return {
    ...row,
    customer:
      tier === undefined ? link : { id: row.customer, name: customer_name, tier, credit: money(credit ?? null) },
    price: money(row.price),
    total: money(row.total),
  }
}

export function money(cents: number | string | null): string | null {
  return cents === null ? null : (Number(cents) / 100).toFixed(2)
}

export function scaled(value: string): number {
  return Math.round(Number(value) * 100)
}

export function versionOf(header: unknown): number {
  return Number(String(header).replaceAll('"', ''))
}
