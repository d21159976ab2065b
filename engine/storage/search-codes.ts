/** Numbers of searched fields, and which forms the index knows whole. A number is given once and never again to another field. */
import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import { afterCommit, type Connection, remembered } from './connection.ts'
import { physicalName } from './names.ts'
import { type SearchedField, searchedFields, searchShape } from './search-fields.ts'

/** A searched field as tokens name it. */
export interface CodedField extends SearchedField {
  readonly code: string
}

const width = 3
const radix = 36
const most = radix ** width

/** All tokens begin with one, so they are equally long. */
function codeText(code: number): string {
  return code.toString(radix).padStart(width, '0')
}

type Codes = ReadonlyMap<string, ReadonlyMap<string, string>>

const memory = Symbol('search codes')
/** What a publication has numbered is not sure before it commits. */
const unsure = new WeakSet<Connection>()

/** The searched fields of a form; empty before its definition has been prepared. */
export async function codedFields(db: Connection, model: Model, form: FormModel): Promise<readonly CodedField[]> {
  const codes = (await codesOf(db, model)).get(form.name)
  return searchedFields(form).flatMap((field) => {
    const code = codes?.get(field.name)
    return code === undefined ? [] : [{ ...field, code }]
  })
}

/** Read once per model: a published form has its numbers. */
async function codesOf(db: Connection, model: Model): Promise<Codes> {
  if (unsure.has(db)) return loadCodes(db)
  const cache = remembered(db, memory, () => ({ of: new WeakMap<Model, Codes>() })).of
  const known = cache.get(model)
  if (known !== undefined) return known
  const loaded = await loadCodes(db)
  cache.set(model, loaded)
  return loaded
}

async function loadCodes(db: Connection): Promise<Codes> {
  const rows = await db.selectFrom('fl_search_code').select(['form', 'field', 'code']).execute()
  const codes = new Map<string, Map<string, string>>()
  for (const { form, field, code } of rows) {
    const ofForm = codes.get(String(form)) ?? new Map<string, string>()
    codes.set(String(form), ofForm.set(String(field), codeText(Number(code))))
  }
  return codes
}

const fewForms = 20

/** Of these forms those whose records are all in the index. */
export async function readyForms(db: Connection, forms: readonly FormModel[]): Promise<ReadonlySet<string>> {
  const query = db.selectFrom('fl_search_form').select(['form', 'shape']).where('state', '=', 'ready')
  const names = forms.map(({ name }) => name)
  const rows = await (names.length <= fewForms ? query.where('form', 'in', names) : query).execute()
  const shapes = new Map(rows.map((row) => [String(row['form']), String(row['shape'])]))
  return new Set(forms.filter((form) => shapes.get(form.name) === searchShape(form)).map((form) => form.name))
}

/** Part of every publication: new fields get numbers, and a form whose records must be read anew is marked. */
export async function prepareSearch(db: Connection, model: Model): Promise<void> {
  const rows = await db.selectFrom('fl_search_form').select(['form', 'shape']).execute()
  const shapes = new Map(rows.map((row) => [String(row['form']), String(row['shape'])]))
  const changed = [...model.forms.values()].filter((form) => shapes.get(form.name) !== searchShape(form))
  if (changed.length === 0) return
  forgetCodes(db)
  await giveCodes(db, changed)
  const filled = await withRecords(db, changed)
  for (const form of changed) await mark(db, form, filled.has(form.name) ? 'building' : 'ready')
}

function forgetCodes(db: Connection): void {
  unsure.add(db)
  const cache = remembered(db, memory, () => ({ of: new WeakMap<Model, Codes>() }))
  afterCommit(db, () => {
    cache.of = new WeakMap()
  })
}

async function giveCodes(db: Connection, forms: readonly FormModel[]): Promise<void> {
  const codes = await loadCodes(db)
  const missing = forms.flatMap((form) =>
    searchedFields(form)
      .filter((field) => !codes.get(form.name)?.has(field.name))
      .map((field) => ({ form: form.name, field: field.name })),
  )
  if (missing.length === 0) return
  const { rows } = await sql<{ last: number | null }>`select max(code) as last from fl_search_code`.execute(db)
  const first = Number(rows[0]?.last ?? 0) + 1
  if (first + missing.length > most) throw new Bug('too many searched fields', { most })
  const chunk = 200
  for (let at = 0; at < missing.length; at += chunk)
    await db
      .insertInto('fl_search_code')
      .values(missing.slice(at, at + chunk).map((field, index) => ({ ...field, code: first + at + index })))
      .execute()
}

async function withRecords(db: Connection, forms: readonly FormModel[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const chunk = 50
  for (let at = 0; at < forms.length; at += chunk) {
    const each = forms
      .slice(at, at + chunk)
      .map(({ name }) => sql`select ${name} as form where exists (select 1 from ${sql.id(physicalName(name))})`)
    const { rows } = await sql<{ form: string }>`${sql.join(each, sql` union all `)}`.execute(db)
    for (const row of rows) found.add(row.form)
  }
  return found
}

async function mark(db: Connection, form: FormModel, state: 'building' | 'ready'): Promise<void> {
  const values = { shape: searchShape(form), state, done: null }
  await db
    .insertInto('fl_search_form')
    .values({ form: form.name, ...values })
    .onConflict((conflict) => conflict.column('form').doUpdateSet(values))
    .execute()
}
