/** The join table of one `links` field: lists of ids, whole. */
import { sql } from 'kysely'
import type { Json } from '#base/json.ts'
import type { Connection, Dialect } from './connection.ts'
import { Statements } from './prepared.ts'
import type { JoinShape } from './shapes.ts'
import { listOf, oneOf } from './sql-text.ts'

export class JoinStore {
  readonly shape: JoinShape
  readonly #dialect: Dialect
  readonly #statements = new Statements()

  constructor(shape: JoinShape, dialect: Dialect) {
    this.shape = shape
    this.#dialect = dialect
  }

  get field(): string {
    return this.shape.field.name
  }

  /** Links of parents that have none yet. */
  async insert(
    db: Connection,
    parents: readonly { readonly id: string; readonly targets: readonly string[] }[],
  ): Promise<void> {
    const links = parents.flatMap(({ id, targets }) =>
      targets.map((target, position) => ({ parent: id, target, position })),
    )
    if (links.length === 0) return
    const { table } = this
    if (this.#dialect === 'sqlite') {
      const one = this.#statements.of(
        'insert',
        () => sql`insert into ${table} (parent_id, target_id, position) values (${null}, ${null}, ${null})`,
      )
      for (const { parent, target, position } of links) await one.count(db, [parent, target, position])
      return
    }
    const many = this.#statements.of(
      'insert',
      () => sql`insert into ${table} (parent_id, target_id, position)
      select * from unnest(${null}::text[], ${null}::text[], ${null}::int[])`,
    )
    await many.count(db, [
      links.map((link) => link.parent),
      links.map((link) => link.target),
      links.map((link) => link.position),
    ])
  }

  async remove(db: Connection, parents: readonly string[]): Promise<void> {
    if (parents.length === 0) return
    const statement = this.#statements.of(
      'remove',
      () => sql`delete from ${this.table} where ${oneOf(this.#dialect, sql`parent_id`)}`,
    )
    await statement.count(db, [listOf(this.#dialect, parents)])
  }

  /** Parent → its targets in order; parents without any are absent. */
  async load(db: Connection, parents: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>()
    if (parents.length === 0) return found
    const statement = this.#statements.of(
      'load',
      () => sql`select parent_id, target_id from ${this.table}
      where ${oneOf(this.#dialect, sql`parent_id`)} order by parent_id, position`,
    )
    for (const row of await statement.rows(db, [listOf(this.#dialect, parents)])) {
      const parent = String(row['parent_id'])
      const targets = found.get(parent) ?? []
      targets.push(String(row['target_id']))
      found.set(parent, targets)
    }
    return found
  }

  get table() {
    return sql.id(this.shape.name)
  }
}

/** Ids of a `links` value. */
export function idsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
