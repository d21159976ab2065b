/** Reads that a write needs around a record: values over links, trees, what is taken, what points here. */
import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import type { FormModel, TableModel } from '#definitions/model.ts'
import { fieldType } from '#definitions/system-fields.ts'
import type { Path } from '#expressions/expression.ts'
import type { Connection } from './connection.ts'
import type { FormStore } from './form-store.ts'
import { listOf, oneOf, slot } from './sql-text.ts'
import type { TableStore } from './table-store.ts'

export type FindForm = (form: string) => FormStore

interface Along {
  readonly table: TableStore
  readonly model: TableModel
  readonly ids: readonly string[]
  readonly paths: readonly Path[]
}

/** One query per form and hop, however many records and paths. */
export async function valuesAlong(db: Connection, find: FindForm, along: Along): Promise<Map<string, readonly Json[]>> {
  const { table, ids, paths } = along
  const heads = [...new Set(paths.map((path) => headOf(path)))]
  const names = [...new Set(['id', ...heads])]
  const rows = await table.select(db, { names, key: 'id', ids: [...new Set(ids)] })
  const found = new Map(rows.map((row) => [String(row['id']), row]))
  const columns = await Promise.all(
    paths.map(async (path) => {
      const column = table.column(headOf(path))
      const own = new Map([...found].map(([id, row]) => [id, column.fromColumn(row[column.name])]))
      return path.length === 1 ? own : follow(db, find, { along, path, own })
    }),
  )
  return new Map([...found.keys()].map((id) => [id, columns.map((column) => column.get(id) ?? null)]))
}

interface Step {
  readonly along: Along
  readonly path: Path
  readonly own: ReadonlyMap<string, Json>
}

/** The rest of a path, read from the records that the first step points at. */
async function follow(db: Connection, find: FindForm, { along, path, own }: Step): Promise<ReadonlyMap<string, Json>> {
  const type = fieldType(along.model, headOf(path))
  if (type?.is !== 'record') throw new Bug('a path goes on behind a value', { form: along.model.form, path })
  const target = find(type.form)
  const table = target.table(type.table)
  const model = type.table === undefined ? target.form : target.form.fields.get(type.table)?.table
  if (table === undefined || model === undefined) throw new Bug('no such table', { form: type.form, table: type.table })
  const ids = [...own.values()].filter((id): id is string => typeof id === 'string')
  const values =
    ids.length === 0
      ? new Map<string, readonly Json[]>()
      : await valuesAlong(db, find, { table, model, ids, paths: [path.slice(1)] })
  return new Map(
    [...own].map(([id, target]) => [id, (typeof target === 'string' ? values.get(target)?.[0] : null) ?? null]),
  )
}

function headOf(path: Path): string {
  const [head] = path
  if (head === undefined) throw new Bug('an empty path')
  return head
}

const deepestTree = 200

/** Upwards from `node`; a loop in the data ends at the depth limit. */
export async function isInTree(
  db: Connection,
  store: FormStore,
  pair: { readonly node: string; readonly ancestor: string },
): Promise<boolean> {
  const parent = treeFieldOf(store.form)
  const { records } = store
  const statement = records.statements.of(
    'in tree',
    () => sql`with recursive up (id, depth) as (
    select id, 0 from ${records.table} where id = ${null} union all
    select t.${sql.id(parent)}, up.depth + 1 from ${records.table} as t join up on t.id = up.id
    where t.${sql.id(parent)} is not null and up.depth < ${sql.lit(deepestTree)}) select 1 as found from up where id = ${null} limit 1`,
  )
  return (await statement.rows(db, [pair.node, pair.ancestor])).length > 0
}

function treeFieldOf(form: FormModel): string {
  const field = [...form.fields.values()].find(
    (one) => one.definition.tree === true && one.type.is === 'record' && one.type.form === form.name,
  )
  if (field === undefined) throw new Bug('not a tree', { form: form.name })
  return field.name
}

export async function loadTree(
  db: Connection,
  store: FormStore,
  parentField: string,
): Promise<Map<string, string | null>> {
  const { records } = store
  const statement = records.statements.of(
    `tree ${parentField}`,
    () => sql`select id, ${sql.id(parentField)} as parent from ${records.table}`,
  )
  return new Map((await statement.rows(db, [])).map((row) => [String(row['id']), row['parent'] as string | null]))
}

/** The record that a row belongs to. */
export async function parentOfRow(db: Connection, rows: TableStore, id: string): Promise<string | null> {
  const [row] = await rows.select(db, { names: ['parent_id'], key: 'id', ids: [id] })
  return row === undefined ? null : String(row['parent_id'])
}

/** Living others with the same values, of one unique set; empty values never meet. */
export async function isTaken(
  db: Connection,
  table: TableStore,
  set: { readonly fields: readonly string[]; readonly bound: readonly unknown[]; readonly id: string },
): Promise<boolean> {
  const statement = table.statements.of(`taken ${set.fields.join()}`, () => {
    const equal = sql.join(
      set.fields.map((field) => sql`${sql.id(field)} = ${slot()}`),
      sql` and `,
    )
    return sql`select 1 as taken from ${table.table} where deleted_at is null and ${equal} and id <> ${slot()} limit 1`
  })
  return (await statement.rows(db, [...set.bound, set.id])).length > 0
}

/** Locks records in id order. */
export async function lockRecords(db: Connection, table: TableStore, ids: readonly string[]): Promise<void> {
  const statement = table.statements.of(
    'lock',
    () => sql`select id from ${table.table} where ${oneOf(table.dialect, sql`id`)} order by id for no key update`,
  )
  await statement.rows(db, [listOf(table.dialect, ids)])
}
