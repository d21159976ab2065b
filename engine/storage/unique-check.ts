/** Uniqueness asked before a write, and told after one that lost a race. */
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { type Connection, contextOf, type DatabaseContext } from './connection.ts'
import { type UniqueViolation, uniqueViolationOf } from './dialects/failures.ts'
import type { FormStore } from './form-store.ts'
import { lockFor } from './locks.ts'
import { isTaken } from './lookups.ts'
import { uniqueIndexName } from './schema-indexes.ts'
import type { StoredRecord } from './stored-record.ts'
import { uniqueSetsOf } from './unique-sets.ts'

export interface UniqueConflict {
  readonly fields: readonly string[]
}

export class UniqueCheck {
  readonly #store: FormStore
  readonly #sets: readonly (readonly string[])[]
  /** Sets that no index holds, per database: old duplicates are in the way. */
  readonly #unindexed = new WeakMap<DatabaseContext, Promise<ReadonlySet<string>>>()

  constructor(store: FormStore) {
    this.#store = store
    this.#sets = uniqueSetsOf(store.form)
  }

  async conflicts(
    db: Connection,
    record: Pick<StoredRecord, 'id' | 'values'> & Partial<StoredRecord>,
  ): Promise<readonly UniqueConflict[]> {
    const found: UniqueConflict[] = []
    for (const fields of this.#sets) if (await this.#isTaken(db, fields, record)) found.push({ fields })
    return [...found, ...this.#rowConflicts(record)]
  }

  /** Runs a write; the index's refusal becomes one that names our fields, never the other record. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const violation = uniqueViolationOf(error)
      const fields = violation === null ? undefined : this.#sets.find((set) => this.#matches(set, violation))
      if (fields === undefined) throw error
      throw new Refusal('not-unique', { issues: fields.map((field) => ({ pointer: `/${field}`, code: 'not-unique' })) })
    }
  }

  async #isTaken(
    db: Connection,
    fields: readonly string[],
    record: Pick<StoredRecord, 'id' | 'values'> & Partial<StoredRecord>,
  ): Promise<boolean> {
    const { records } = this.#store
    const bound = fields.map((field) =>
      records.column(field).toColumn(record.values[field] ?? systemValue(record, field)),
    )
    if (bound.includes(null)) return false
    const name = JSON.stringify(fields)
    if ((await this.#unindexedSets(db)).has(name))
      await lockFor(db, `unique ${this.#store.form.name} ${name} ${bound.map(String).join('\u0000')}`)
    return isTaken(db, records, { fields, bound, id: record.id })
  }

  /** A unique column of a table holds within its record, whose rows are always written together. */
  #rowConflicts(record: Pick<StoredRecord, 'values'>): readonly UniqueConflict[] {
    return this.#store.tables.flatMap((table) => {
      const unique = table.rows.shape.columns
        .filter((field) => field.definition.unique === true)
        .map((field) => field.name)
      const value = record.values[table.field]
      const rows = Array.isArray(value) ? value : []
      return unique.flatMap((name) =>
        repeated(rows.map((row: Json) => (isObject(row) ? (row[name] ?? null) : null))).map((index) => ({
          fields: [`${table.field}/${index}/${name}`],
        })),
      )
    })
  }

  #matches(set: readonly string[], violation: UniqueViolation): boolean {
    const table = this.#store.records.shape.name
    if (violation.index !== undefined) return violation.index === uniqueIndexName(table, set)
    return violation.table === table && violation.columns?.join() === set.join()
  }

  #unindexedSets(db: Connection): Promise<ReadonlySet<string>> {
    const { database } = contextOf(db)
    const known = this.#unindexed.get(database)
    if (known !== undefined) return known
    const loading = loadUnindexed(db, this.#store.form.name)
    this.#unindexed.set(database, loading)
    loading.catch(() => this.#unindexed.delete(database))
    return loading
  }
}

async function loadUnindexed(db: Connection, form: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('fl_unique')
    .select('fields')
    .where('form', '=', form)
    .where('enforced', '=', 'check')
    .execute()
  return new Set(rows.map((row) => String(row['fields'])))
}

function systemValue(record: Partial<StoredRecord>, field: string): Json {
  return field === 'owner' || field === 'state' ? (record[field] ?? null) : null
}

/** Positions whose value stands at an earlier one already. */
function repeated(values: readonly Json[]): readonly number[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    const key = JSON.stringify(value)
    if (value === null || !seen.has(key)) {
      seen.add(key)
      return []
    }
    return [index]
  })
}
