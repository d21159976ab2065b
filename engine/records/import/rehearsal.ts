/** What a dry run remembers from batch to batch, for each is undone at its end: records that the file promises, values it takes, targets it makes. */
import { Refusal } from '#base/problems.ts'
import type { Connection } from '#storage/connection.ts'
import { uniqueSetsOf } from '#storage/unique-sets.ts'
import {
  type BatchOutcome,
  type BatchRequest,
  type MadeTargets,
  runBatch,
  type WrittenGroup,
  writeGroup,
} from './batch.ts'
import type { CellReader } from './cells.ts'
import type { GroupReader } from './groups.ts'
import { keysOf } from './link-keys.ts'
import type { FoundRecord, LinkWish } from './resolve.ts'

type Reader = CellReader & { readonly made: MadeTargets }

/** Carries the outcome out of the transaction that it undoes. */
class Rehearsed extends Error {
  readonly outcome: BatchOutcome
  constructor(outcome: BatchOutcome) {
    super('a dry run keeps nothing')
    this.outcome = outcome
  }
}

export class Rehearsal {
  /** Key and text → the record of the file that will answer to it. */
  readonly #promised = new Map<string, number>()
  /** Unique values → the record of the file that takes them. */
  readonly #taken = new Map<string, number>()
  readonly #targets = new Set<string>()
  readonly #groups: GroupReader

  constructor(groups: GroupReader) {
    this.#groups = groups
  }

  /** Tries these records and undoes them. */
  async run(reader: Reader, request: BatchRequest): Promise<BatchOutcome> {
    const { outcome, news } = await this.#tried(reader, request)
    for (const [name, group] of news.promised) this.#promised.set(name, group)
    for (const [name, group] of news.taken) this.#taken.set(name, group)
    const before = this.#targets.size
    for (const name of news.targets) this.#targets.add(name)
    return { ...outcome, targets: this.#targets.size - before }
  }

  async #tried(reader: Reader, request: BatchRequest): Promise<{ outcome: BatchOutcome; news: News }> {
    let news: News = { promised: new Map(), taken: new Map(), targets: new Set() }
    const unread = isUnread(reader)
    try {
      await reader.context.db.write(async (db) => {
        news = { promised: new Map(), taken: new Map(), targets: new Set() }
        const outcome = await runBatch(db, this.#rehearsing(reader, request, news), {
          ...request,
          bulk: { changes: 'dropped', unread: new Set(unread ? [reader.form.name] : []) },
          ...(!unread && { witness: (_, written) => this.#witness(reader, written, news) }),
        })
        await this.#promiseTitles(db, reader, { outcome, news })
        throw new Rehearsed(outcome)
      })
    } catch (error) {
      if (error instanceof Rehearsed) return { outcome: error.outcome, news }
      throw error
    }
    throw new Rehearsed({ created: 0, updated: 0, targets: 0, written: [], refused: [], waiting: [] })
  }

  /** Asks an earlier record of the file before it has a target made. */
  #rehearsing(reader: Reader, request: BatchRequest, news: News): Reader {
    const making = new Set<number>()
    const own: Reader = {
      ...reader,
      missing: async (db, column, wish) => {
        const promised = await this.#writeFirst(db, own, { wish, request, making })
        if (promised) return promised
        if (column.create === true) news.targets.add(`${wish.form} ${wish.key ?? ''} ${wish.text}`)
        return reader.missing(db, column, wish)
      },
    }
    return own
  }

  /** A record that an earlier batch has written and undone is written again before what links to it, or changes it. */
  async #writeFirst(
    db: Connection,
    reader: Reader,
    { wish, request, making }: { wish: LinkWish; request: BatchRequest; making: Set<number> },
  ): Promise<FoundRecord | null> {
    if (wish.form !== reader.form.name) return null
    const keys = wish.key === undefined ? keysOf(reader.context.model, wish.form) : [wish.key]
    const number = keys.map((key) => this.#promised.get(`${key} ${wish.text}`)).find((each) => each !== undefined)
    if (number === undefined || making.has(number)) return null
    making.add(number)
    const found = await this.#write(db, reader, { number, request })
    making.delete(number)
    if (found) reader.resolver.note(wish, found)
    return found
  }

  async #write(
    db: Connection,
    reader: Reader,
    { number, request }: { readonly number: number; readonly request: BatchRequest },
  ): Promise<FoundRecord | null> {
    const [group] = await this.#groups.readThese([number])
    if (!group) return null
    const kept = [...reader.made]
    const done = await writeGroup(db, reader, { group, request: { options: request.options } })
    reader.made.splice(0, reader.made.length, ...kept)
    return 'record' in done ? { id: done.record.id, version: done.record.version } : null
  }

  /** Refuses values that an earlier batch has taken, and remembers those of this record. */
  async #witness({ form, context }: Reader, { group, read, record }: WrittenGroup, news: News): Promise<void> {
    for (const fields of uniqueSetsOf(form)) {
      const values = fields.map((field) => read.body[field] ?? null)
      if (values.includes(null)) continue
      const name = JSON.stringify([fields, values])
      const other = this.#taken.get(name)
      if (record.verb === 'created' && other !== undefined && other !== group.number)
        throw new Refusal('not-unique', {
          issues: fields.map((field) => ({ pointer: `/${field}`, code: 'not-unique' })),
        })
      news.taken.set(name, group.number)
    }
    if (record.verb !== 'created') return
    for (const key of keysOf(context.model, form.name)) {
      const value = read.body[key] ?? null
      if (value !== null) news.promised.set(`${key} ${value}`, group.number)
    }
    news.created ??= new Map()
    news.created.set(record.id, group.number)
  }

  /** Only a form that links to itself can ask for them. */
  async #promiseTitles(
    db: Connection,
    { form, context, columns }: Reader,
    { outcome, news }: { readonly outcome: BatchOutcome; readonly news: News },
  ): Promise<void> {
    const links = columns.some(({ model }) => model?.kind.linksTo?.(model.definition).includes(form.name) === true)
    if (!links) return
    const ids = outcome.written.filter((each) => each.form === form.name && each.verb === 'created').map(({ id }) => id)
    for (const [id, { title }] of await context.store.load(db, form.name, ids, { tables: false })) {
      const group = news.created?.get(id)
      if (title !== null && group !== undefined) news.promised.set(`title ${title}`, group)
    }
  }
}

/** No rule and no row of the file asks for a record that an earlier row has made: then none needs to be written to be tried. */
function isUnread({ form, context, mapping }: Reader): boolean {
  const { incoming, feeds, definition } = context.model.forms.get(form.name) ?? form
  const rules = uniqueSetsOf(form).length + (definition.no_overlap ?? []).length
  return mapping.match === undefined && incoming.length + feeds.length + rules === 0
}

/** What a batch adds, once it was tried to its end. */
interface News {
  readonly promised: Map<string, number>
  readonly taken: Map<string, number>
  readonly targets: Set<string>
  /** Id in the undone transaction → record of the file. */
  created?: Map<string, number>
}
