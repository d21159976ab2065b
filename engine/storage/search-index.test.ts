import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Surroundings } from '#expressions/expression.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, insertAll, model, type Place, placed, record } from '#tests/support/storage-model.ts'
import { runCount, runList } from './query.ts'
import type { ListPlan, Selection } from './query-plan.ts'
import { applySchema } from './schema-plan.ts'
import { checkSearch, hasSearchWork, workOnSearch } from './search-build.ts'
import { isSearchedAnew } from './search-index.ts'
import type { SearchPath } from './search-path.ts'

const around: Surroundings = { now: '2026-11-22T08:00:00.000Z', today: '2026-11-22', zone: 'UTC', user: null }
const always = { always: true } as const

const contactFields = [
  { name: 'name', type: 'text', search: true },
  { name: 'phone', type: 'phone', search: true },
  { name: 'note', type: 'long_text', search: true },
  { name: 'silent', type: 'text' },
]
const contact = form('contact', contactFields)
const book = model(contact)

function plan(text: string, more: Partial<ListPlan> = {}): ListPlan {
  return {
    model: book,
    form: 'contact',
    around,
    visible: { where: always },
    targets: new Map(),
    where: [],
    search: { fields: ['title', 'name', 'phone', 'note'], text },
    select: [],
    sort: [],
    limit: 500,
    ...more,
  }
}

/** The law in plain words, with nothing of the index: texts folded, cut at what is neither letter nor digit, glued by one mark. */
const dense = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u
function glued(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const kind = (one: string) =>
    dense.test(one) ? 'd' : /\p{Nd}/u.test(one) ? '9' : /[\p{L}\p{M}]/u.test(one) ? 'a' : ''
  let line = ''
  let last = ''
  for (const one of plain) {
    const now = kind(one)
    if (now !== '') line += now === last ? one : `|${one}`
    last = now
  }
  return line
}
function numbersIn(text: string, least: number): readonly string[] {
  const found = text.normalize('NFKD').match(/\d+(?:[\s\-().+/]{1,3}\d+)*/g) ?? []
  return found
    .map((one) => ({ digits: one.replace(/\D/g, '').slice(0, 20), groups: one.split(/\D+/).length }))
    .filter(({ groups, digits }) => groups >= least && digits.length >= 4)
    .map(({ digits }) => digits)
}
function answers(texts: { readonly [field: string]: string }, question: string): boolean {
  const words = question.split(/\s+/).filter((word) => glued(word) !== '')
  const inText = (text: string, word: string, field: string) => {
    const line = glued(word)
    if (glued(text).includes(dense.test(line.charAt(1)) ? line.slice(1) : line)) return true
    const digits = line.replaceAll('|', '')
    if (!/^\d{4,}$/.test(digits)) return false
    return field === 'phone'
      ? numbersIn(text, 1).some((number) => number.includes(digits))
      : numbersIn(text, 2).some((number) => number.startsWith(digits))
  }
  return (
    words.length > 0 && words.every((word) => Object.entries(texts).some(([field, text]) => inText(text, word, field)))
  )
}

const piece = fc.constantFrom(
  ...['so', 'SO', 'Acme', 'Acmes', '-', ' ', '2026', '00042', '138', '8000', '7', '公', '司', '公司', '北京', '京'],
  ...['é', 'e', 'ß', '.', '(', ')', '+', '/', 'リコー', 'Ａ', '２', "'", '"', '*', '\\', ':', '%', '_', 'µ'],
)
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
const texts = fc.record({ title: text, name: text, phone: text, note: text })
const question = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))

async function settle(place: Place, limit = 200): Promise<number> {
  for (let steps = 0; ; steps += 1)
    if (!(await place.database.write((db) => workOnSearch(db, place.model, limit)))) return steps
}

onEachDatabase('the search index', (kind) => {
  const find = async (place: Place, asked: string, more: Partial<ListPlan> = {}) =>
    (await place.database.read((db) => runList(db, plan(asked, more)))).rows.map((row) => row.record.id)

  it('answers any question as looking through every text would, before and after it has taken the words in, and row by row', async () => {
    const place = await placed(await freshDatabase(kind), book)
    let count = 0
    const next = () => {
      count += 1
      return count
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(texts, { minLength: 1, maxLength: 8 }),
        fc.array(question, { minLength: 1, maxLength: 12 }),
        async (some, asked) => {
          const records = some.map(({ title, ...values }) => record(next(), { ...values, silent: 'acme' }, { title }))
          await insertAll(place, 'contact', records)
          const where: Selection['where'] = [{ field: 'id', oneOf: records.map((one) => one.id) }]
          const check = async (path?: SearchPath) => {
            for (const one of asked) {
              const right = records.filter((_, at) => answers(some[at] ?? {}, one)).map(({ id: found }) => found)
              const search = { fields: ['title', 'name', 'phone', 'note'], text: one, ...(path && { path }) }
              expect([one, await find(place, one, { where, search })]).toEqual([one, right])
            }
          }
          await check()
          await settle(place)
          await check()
          if (kind.name === 'sqlite')
            await check({
              by: 'rows',
              fields: new Map(
                ['title', 'name', 'phone', 'note'].map((name) => [
                  name,
                  { name, texture: name === 'phone' ? 'phone' : 'plain' },
                ]),
              ),
            })
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  it('follows every write in its own transaction: created, changed, renamed, rolled back, erased', async () => {
    const place = await placed(await freshDatabase(kind), book)
    const first = record(1, { name: 'Acme', phone: null, note: null, silent: null }, { title: 'First' })
    const renamed = { ...first, version: 2, values: { ...first.values, name: '浦东' } }
    await insertAll(place, 'contact', [first])
    expect(await find(place, 'acm')).toEqual([id(1)])
    for (const settled of [false, true]) {
      if (settled) await settle(place)
      expect(await find(place, 'acm')).toEqual([id(1)])
      await expect(
        place.database.write(async (db) => {
          await place.store.update(db, 'contact', { before: first, after: renamed })
          expect((await runList(db, plan('浦东'))).rows).toHaveLength(1)
          throw new Error('back')
        }),
      ).rejects.toThrow('back')
      expect([await find(place, 'acm'), await find(place, '浦东')]).toEqual([[id(1)], []])
    }
    await place.database.write((db) => place.store.update(db, 'contact', { before: first, after: renamed }))
    expect([await find(place, 'acm'), await find(place, '浦东')]).toEqual([[], [id(1)]])
    await place.database.write((db) => place.store.setColumns(db, { form: 'contact', id: id(1) }, { title: 'Second' }))
    expect([await find(place, 'first'), await find(place, 'second 浦东')]).toEqual([[], [id(1)]])
    await settle(place)
    expect([await find(place, 'first'), await find(place, 'second 浦东')]).toEqual([[], [id(1)]])
    await place.database.write((db) => place.store.erase(db, { form: 'contact', id: id(1) }))
    await settle(place)
    await insertAll(place, 'contact', [{ ...first, values: { ...first.values, name: 'New' }, title: null }])
    expect(await find(place, 'second')).toEqual([])
    expect(await place.database.read((db) => runCount(db, plan('new'), 10))).toBe(1)
  })

  it('is read anew step by step when a publication changes what is searched; until then the texts are looked through', async () => {
    const place = await placed(await freshDatabase(kind), book)
    await insertAll(
      place,
      'contact',
      Array.from({ length: 25 }, (_, index) =>
        record(index + 1, { name: 'Acme', silent: `quiet${index}` }, { title: null }),
      ),
    )
    const fields = contactFields.map((one) => ({ ...one, search: one.name === 'silent' }))
    const after = { ...place, model: model(form('contact', fields)) }
    await place.database.write((db) => applySchema(db, book, after.model))
    const search = { fields: ['title', 'silent'], text: 'quiet7' }
    const asked = { model: after.model, search }
    expect(await find(after, '', asked)).toEqual([id(8)])
    expect(await after.database.write((db) => workOnSearch(db, after.model, 10))).toBe(true)
    expect(await after.database.read(hasSearchWork)).toBe(true)
    const late = record(26, { name: 'Acme', silent: 'quiet77' }, { title: null })
    await insertAll({ ...after, store: (await placed(after.database, after.model)).store }, 'contact', [late])
    expect(await find(after, '', asked)).toEqual([id(8), id(26)])
    await settle(after, 10)
    expect(await after.database.read(hasSearchWork)).toBe(false)
    expect(await find(after, '', asked)).toEqual([id(8), id(26)])
    expect(
      await find(after, '', { model: after.model, search: { fields: ['title', 'silent'], text: 'uiet7' } }),
    ).toEqual([])
    expect(await after.database.read((db) => checkSearch(db, after.model))).toEqual([])
  })

  it('is known to lack what was taken from it', async () => {
    const place = await placed(await freshDatabase(kind), book)
    await insertAll(place, 'contact', [record(1, { name: 'Acme' }), record(2, { name: 'Other' })])
    await settle(place)
    await place.database.write((db) => db.deleteFrom('fl_search_record').where('record', '=', id(1)).execute())
    expect(await place.database.read((db) => checkSearch(db, book))).toEqual([
      'the search index lacks 1 records of contact',
    ])
  })

  it('forgets the later places of a word that stands everywhere in a text, on both databases', async () => {
    const place = await placed(await freshDatabase(kind), book)
    const name = `${'ab '.repeat(249)}ab early ${'ab '.repeat(300)}ab late`
    await insertAll(place, 'contact', [record(1, { name, phone: null, note: null })])
    await settle(place)
    expect([await find(place, 'ab-early'), await find(place, 'ab-late'), await find(place, 'late')]).toEqual([
      [id(1)],
      [],
      [id(1)],
    ])
  })

  it('is left alone by a write that moves no searched text', () => {
    const contactForm = book.forms.get('contact')
    const first = record(1, { name: 'Acme', silent: 'a' })
    const changed = (values: object) => ({ ...first, values: { ...first.values, ...values } })
    expect(contactForm && isSearchedAnew(contactForm, first, changed({ silent: 'b' }))).toBe(false)
    expect(contactForm && isSearchedAnew(contactForm, first, changed({ name: 'b' }))).toBe(true)
    expect(contactForm && isSearchedAnew(contactForm, first, { ...first, title: 'b' })).toBe(true)
  })
})
