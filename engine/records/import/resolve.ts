/** Texts in link columns → ids of records that the caller may see, by unique fields first, then by title; a whole batch in one look per key. */

import { mayRead } from '#access/seen-model.ts'
import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { Json } from '#base/json.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from '../context.ts'
import { seenTargets } from '../targets.ts'
import { keysOf } from './link-keys.ts'

/** What a cell asks for. */
export interface LinkWish {
  readonly form: string
  readonly text: string
  /** The field of the target that the text is in; absent: every field by which people name it. */
  readonly key?: string
}

export interface FoundRecord {
  readonly id: string
  readonly version: number
}

/** none: nothing that the caller sees; many: more than one, so that nobody can tell which. */
export type Found = FoundRecord | 'none' | 'many'

const textsAtOnce = 200
/** Ids are asked for by what looks like one. */
const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Lives as long as one transaction: it remembers what was found, and asks again for what an earlier row may have made meanwhile. */
export class LinkResolver {
  readonly #known = new Map<string, Found>()
  readonly #noted: { readonly name: string; readonly before: Found | undefined }[] = []
  readonly #grown = new Set<string>()
  readonly #context: RecordContext

  constructor(context: RecordContext) {
    this.#context = context
  }

  /** One look per form and key for all of them. */
  async prefetch(db: Connection, wishes: readonly LinkWish[]): Promise<void> {
    const sets = new Map<string, { readonly of: Omit<LinkWish, 'text'>; readonly texts: Set<string> }>()
    for (const { form, key, text } of wishes) {
      const name = `${form} ${key ?? ''}`
      const set = sets.get(name) ?? { of: { form, ...(key === undefined ? {} : { key }) }, texts: new Set() }
      sets.set(name, set)
      set.texts.add(text)
    }
    for (const { of, texts } of sets.values())
      for (const [text, found] of await this.#findAll(db, of, [...texts]))
        this.#known.set(nameOf({ ...of, text }), found)
  }

  async resolve(db: Connection, wish: LinkWish): Promise<Found> {
    const known = this.#known.get(nameOf(wish))
    if (known !== undefined && (known !== 'none' || !this.#grown.has(wish.form))) return known
    const found = (await this.#findAll(db, wish, [wish.text])).get(wish.text) ?? 'none'
    this.#known.set(nameOf(wish), found)
    return found
  }

  /** A record that was written for this wish. */
  note(wish: LinkWish, found: FoundRecord): void {
    this.#noted.push({ name: nameOf(wish), before: this.#known.get(nameOf(wish)) })
    this.#known.set(nameOf(wish), found)
  }

  /** The form has a record more: what was not found may be there now. */
  grow(form: string): void {
    this.#grown.add(form)
  }

  /** To go back to when a savepoint is undone. */
  mark(): number {
    return this.#noted.length
  }

  backTo(mark: number): void {
    for (const { name, before } of this.#noted.splice(mark).reverse())
      if (before === undefined) this.#known.delete(name)
      else this.#known.set(name, before)
  }

  /** Key by key, first what looks like an id: what one has not found is looked for by the next. */
  async #findAll(
    db: Connection,
    of: Omit<LinkWish, 'text'>,
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>()
    const keys = of.key === undefined ? [...new Set(['id', ...keysOf(this.#context.model, of.form)])] : [of.key]
    for (const key of keys) {
      const open = texts.filter((text) => typeof found.get(text) !== 'object')
      for (let start = 0; start < open.length; start += textsAtOnce) {
        const some = open.slice(start, start + textsAtOnce)
        for (const [text, one] of await this.#lookUp(db, { form: of.form, key }, some)) found.set(text, one)
      }
    }
    for (const text of texts) if (!found.has(text)) found.set(text, 'none')
    return found
  }

  async #lookUp(
    db: Connection,
    at: { readonly form: string; readonly key: string },
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, Found>> {
    const values = new Map(
      texts.flatMap((text): readonly (readonly [string, Json])[] => {
        const value = this.#valueOf(at, text)
        return value === null ? [] : [[text, value]]
      }),
    )
    const most = values.size * 2 + 1
    const rows = await this.#rows(db, at, { values: [...new Set(values.values())], limit: most })
    if (rows.length === most && texts.length > 1) return this.#oneByOne(db, at, texts)
    const byValue = new Map<Json, StoredRecord[]>()
    for (const record of rows)
      byValue.set(valueIn(record, at.key), [...(byValue.get(valueIn(record, at.key)) ?? []), record])
    return new Map(
      [...values].flatMap(([text, value]): readonly (readonly [string, Found])[] => {
        const [first, second] = byValue.get(value) ?? []
        return first ? [[text, second ? 'many' : { id: first.id, version: first.version }]] : []
      }),
    )
  }

  /** One text stands in so many records that it hides the others. */
  async #oneByOne(
    db: Connection,
    at: { readonly form: string; readonly key: string },
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>()
    for (const text of texts) for (const [, one] of await this.#lookUp(db, at, [text])) found.set(text, one)
    return found
  }

  async #rows(
    db: Connection,
    { form, key }: { readonly form: string; readonly key: string },
    { values, limit }: { readonly values: readonly Json[]; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { model, around, policy } = this.#context
    const own = policy.form(form)
    if (values.length === 0 || !own || (key !== 'id' && !mayRead(own, key))) return []
    const visible = visibilityOf(own)
    const answer = await runList(db, {
      model,
      form,
      around,
      visible,
      targets: visibleTargets(model, policy),
      where: [{ field: key, oneOf: values }],
      select: key === 'id' || key === 'title' ? [] : [key],
      sort: [],
      limit,
    })
    const records = answer.rows.map((row) => row.record)
    const seen = seenTargets(db, form, visible)
    for (const { id } of records) seen?.add(id)
    return records
  }

  /** The text as the field holds it; null: it cannot hold such a text. */
  #valueOf({ form, key }: { readonly form: string; readonly key: string }, text: string): Json {
    if (key === 'id') return idShape.test(text) ? text : null
    const field = this.#context.model.forms.get(form)?.fields.get(key)
    if (!field) return text
    const { locale, zone } = this.#context.actor
    const parsed = field.kind.parseText(text, field.definition, { locale, zone })
    return parsed.ok ? parsed.value : null
  }
}

function valueIn(record: StoredRecord, key: string): Json {
  return key === 'id' || key === 'title' ? record[key] : (record.values[key] ?? null)
}

function nameOf({ form, key, text }: LinkWish): string {
  return `${form} ${key ?? ''} ${text}`
}
