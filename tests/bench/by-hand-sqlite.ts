/** The file of the hand-written server: tables, the same rows, and the statements of its jobs, all prepared. */
import Database from 'better-sqlite3'
import { indexes, scaled } from './by-hand-schema.ts'
import { customerAt, orderAt, owners, type Sizes } from './trade.ts'

export const ownerName = (index: number) => `owner-${index}`
export const me = ownerName(0)

export function openFile(path: string): Database.Database {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -65536')
  db.pragma('mmap_size = 268435456')
  return db
}

export function fill(db: Database.Database, sizes: Sizes): void {
  db.exec(`
    create table customer (id text primary key, version integer not null, owner text not null, name text not null, tier text, credit integer) without rowid;
    create table orders (id text primary key, version integer not null, owner text not null, number text not null, customer text not null references customer (id),
      order_date text not null, status text, quantity integer, price integer, total integer, note text, updated_at text) without rowid;
    ${indexes.join(';')}`)
  const insertCustomer = db.prepare('insert into customer values (?, 1, ?, ?, ?, ?)')
  const { insert } = statements(db)
  db.transaction(() => {
    for (let index = 0; index < sizes.customers; index += 1) {
      const { id, owner, name, tier, credit } = customerAt(index)
      insertCustomer.run(id, ownerName(owner % owners), name, tier, scaled(credit))
    }
    for (let index = 0; index < sizes.orders; index += 1) {
      const order = orderAt(index, sizes)
      const money = { price: scaled(order.price), total: scaled(order.total) }
      insert.run({ ...order, ...money, owner: ownerName(order.owner), updated_at: '2026-01-01T00:00:00.000Z' })
    }
  })()
  db.exec('analyze')
}

export function statements(db: Database.Database) {
  return {
    one: db.prepare(
      'select o.*, c.name as customer_name from orders o join customer c on c.id = o.customer where o.id = ? and o.owner = ?',
    ),
    page: db.prepare(
      'select o.*, c.name as customer_name, c.tier, c.credit from orders o join customer c on c.id = o.customer where o.owner = ? order by o.order_date desc, o.id desc limit 50',
    ),
    insert: db.prepare(
      'insert into orders values (@id, 1, @owner, @number, @customer, @order_date, @status, @quantity, @price, @total, @note, @updated_at)',
    ),
    update: db.prepare(
      'update orders set version = version + 1, note = ?, updated_at = ? where id = ? and owner = ? and version = ?',
    ),
    visible: db.prepare('select 1 from customer where id = ? and owner = ?'),
    sums: db.prepare(
      'select status, count(*) as count, sum(total) as total from orders where owner = ? group by status order by status',
    ),
  }
}
