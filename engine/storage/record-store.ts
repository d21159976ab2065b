/** Records to rows and back: the face of storage for whoever writes records. */
import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import type { Model, RollupModel } from '#definitions/model.ts'
import type { Path } from '#expressions/expression.ts'
import { tableOf } from '#expressions/places.ts'
import { bulkOf } from './bulk.ts'
import type { ChangeInput } from './change-input.ts'
import { appendChange, writeWaiting } from './change-log.ts'
import type { Connection, Dialect } from './connection.ts'
import { type FormStore, formStore } from './form-store.ts'
import { countLinking, type IncomingLink, incomingLinks } from './incoming.ts'
import { isInTree, loadTree, lockRecords, parentOfRow, valuesAlong } from './lookups.ts'
import { prepareRollup } from './rollups.ts'
import { searchedFields } from './search-fields.ts'
import { forgetRecord, indexRecords, isSearchedAnew, wordsOf } from './search-index.ts'
import type { Linking, LoadOptions, RecordStore, StoredRecord, TableTarget, Target, Values } from './stored-record.ts'
import { UniqueCheck } from './unique-check.ts'

const stores = new WeakMap<Model, Map<Dialect, RecordStore>>()

/** One store per model and dialect; a form is compiled when it is first used. */
export function createRecordStore(model: Model, dialect: Dialect): RecordStore {
  const known = stores.get(model) ?? new Map<Dialect, RecordStore>()
  stores.set(model, known)
  const store = known.get(dialect) ?? new ModelStore(model, dialect)
  known.set(dialect, store)
  return store
}

type LinkSource = Pick<Linking, 'form' | 'table' | 'field'>

interface Parts {
  readonly store: FormStore
  readonly unique: UniqueCheck
  readonly incoming: readonly IncomingLink[]
}

class ModelStore implements RecordStore {
  readonly #model: Model
  readonly #dialect: Dialect
  readonly #forms = new Map<string, Parts>()
  readonly #rollups = new Map<RollupModel, ReturnType<typeof prepareRollup>>()

  constructor(model: Model, dialect: Dialect) {
    this.#model = model
    this.#dialect = dialect
  }

  async insert(db: Connection, form: string, record: StoredRecord, change?: ChangeInput): Promise<void> {
    if (bulkOf(db)?.kind.unread?.has(form)) return
    const { store, unique } = this.#parts(form)
    await unique.guarded(() => store.insert(db, record))
    await this.#tell(db, { store, record, searched: true, change })
  }

  async update(
    db: Connection,
    form: string,
    {
      before,
      after,
      change,
    }: { readonly before: StoredRecord; readonly after: StoredRecord; readonly change?: ChangeInput },
  ): Promise<boolean> {
    const { store, unique } = this.#parts(form)
    if (!(await unique.guarded(() => store.update(db, before, after)))) return false
    bulkOf(db)?.forget(form)
    await this.#tell(db, { store, record: after, searched: isSearchedAnew(store.form, before, after), change })
    return true
  }

  /** The change log and the search index, in one statement where both have something to learn. */
  async #tell(
    db: Connection,
    news: { store: FormStore; record: StoredRecord; searched: boolean; change: ChangeInput | undefined },
  ): Promise<void> {
    if (bulkOf(db)?.kind.changes === 'dropped') return
    const of = { model: this.#model, form: news.store.form }
    if (news.change) await appendChange(db, news.change, news.searched ? await wordsOf(db, of, news.record) : null)
    else if (news.searched) await indexRecords(db, of, [news.record])
  }

  load(
    db: Connection,
    form: string,
    ids: readonly string[],
    options: LoadOptions = {},
  ): Promise<Map<string, StoredRecord>> {
    return this.#parts(form).store.load(db, ids, options)
  }

  async lock(db: Connection, targets: readonly Target[]): Promise<void> {
    if (this.#dialect === 'sqlite') return
    for (const form of [...new Set(targets.map((target) => target.form))].sort()) {
      const ids = targets.filter((target) => target.form === form).map((target) => target.id)
      await lockRecords(db, this.#parts(form).store.records, ids)
    }
  }

  values(
    db: Connection,
    form: string,
    request: { readonly ids: readonly string[]; readonly paths: readonly Path[] },
  ): Promise<Map<string, readonly Json[]>> {
    const { store } = this.#parts(form)
    return valuesAlong(db, (name) => this.#parts(name).store, { table: store.records, model: store.form, ...request })
  }

  inTree(db: Connection, form: string, pair: { readonly node: string; readonly ancestor: string }): Promise<boolean> {
    return isInTree(db, this.#parts(form).store, pair)
  }

  tree(db: Connection, form: string, parentField: string): Promise<Map<string, string | null>> {
    return loadTree(db, this.#parts(form).store, parentField)
  }

  uniqueConflicts(
    db: Connection,
    form: string,
    record: Pick<StoredRecord, 'id' | 'values'>,
  ): Promise<readonly { readonly fields: readonly string[] }[]> {
    return this.#parts(form).unique.conflicts(db, record)
  }

  async linkedFrom(db: Connection, form: string, id: string): Promise<readonly Linking[]> {
    const found: Linking[] = []
    for (const link of this.#parts(form).incoming) {
      const linking = await countLinking(db, link, id)
      if (linking !== null) found.push(linking)
    }
    return found
  }

  async linkingIds(
    db: Connection,
    linking: LinkSource,
    request: { readonly id: string; readonly limit: number },
  ): Promise<readonly string[]> {
    const found = new Set<string>()
    for (const link of this.#incoming(linking)) {
      for (const row of await link.ids.rows(db, [request.id, request.limit])) found.add(String(row['id']))
    }
    return [...found].slice(0, request.limit)
  }

  rollup(db: Connection, rollup: RollupModel, targetIds: readonly string[]): Promise<Map<string, Json>> {
    const compute = this.#rollups.get(rollup) ?? prepareRollup(this.#model, rollup, this.#dialect)
    this.#rollups.set(rollup, compute)
    return compute(db, targetIds)
  }

  async setColumns(db: Connection, target: TableTarget, values: Values): Promise<void> {
    const table = this.#parts(target.form).store.table(target.table)
    if (table === undefined) throw new Bug('no such table', { ...target })
    const names = Object.keys(values).filter((name) => table.has(name))
    await table.update(db, names, [[target.id, ...names.map((name) => table.column(name).toColumn(values[name]))]])
    bulkOf(db)?.forget(target.form)
    const { form } = this.#parts(target.form).store
    if (target.table !== undefined || !searchedFields(form).some((field) => names.includes(field.name))) return
    await writeWaiting(db)
    const records = await this.load(db, target.form, [target.id], { tables: false, deleted: true })
    await indexRecords(db, { model: this.#model, form }, [...records.values()])
  }

  async parentOf(db: Connection, target: Required<TableTarget>): Promise<string | null> {
    const table = this.#parts(target.form).store.table(target.table)
    return table === undefined ? null : parentOfRow(db, table, target.id)
  }

  async erase(db: Connection, target: Target): Promise<void> {
    const { records } = this.#parts(target.form).store
    await writeWaiting(db)
    await records.statements
      .of('erase', () => sql`delete from ${records.table} where id = ${null}`)
      .count(db, [target.id])
    bulkOf(db)?.forget(target.form)
    await forgetRecord(db, target.id)
  }

  #parts(form: string): Parts {
    const known = this.#forms.get(form)
    if (known !== undefined) return known
    const store = formStore(this.#model, form, this.#dialect)
    const parts = { store, unique: new UniqueCheck(store), incoming: incomingLinks(store.form) }
    this.#forms.set(form, parts)
    return parts
  }

  /** The link by its source; a link to any of several forms stands at each of them. */
  #incoming(source: LinkSource): readonly IncomingLink[] {
    const isSame = ({ entry }: IncomingLink) =>
      entry.form === source.form && entry.table === source.table && entry.field.name === source.field
    const links = this.#targetsOf(source).flatMap((form) => this.#parts(form).incoming.filter(isSame))
    if (links.length === 0) throw new Bug('no such link', { ...source })
    return links
  }

  #targetsOf({ form, table, field }: LinkSource): readonly string[] {
    const found = tableOf(this.#model, form, table).fields.get(field)
    return (found?.kind.linksTo?.(found.definition) ?? []).filter((target) => this.#model.forms.has(target))
  }
}
