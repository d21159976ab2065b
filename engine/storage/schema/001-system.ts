/** The first schema: definitions and revisions, accounts, the change log, and what the store keeps about itself. */
import type { ColumnDataType, CreateTableBuilder } from 'kysely'
import { type Connection, dialectOf } from '../connection.ts'
import { textType } from '../dialects/text-type.ts'
import type { Migration } from './migration.ts'

type Columns = Readonly<Record<string, string>>

/** `text` and `integer` columns; a trailing `?` allows NULL. */
const tables: Readonly<Record<string, { readonly columns: Columns; readonly key: readonly string[] }>> = {
  fl_definition: { columns: { hash: 'text', kind: 'text', name: 'text', body: 'text' }, key: ['hash'] },
  fl_revision: {
    columns: { number: 'integer', at: 'text', by: 'text?', note: 'text?', hash: 'text' },
    key: ['number'],
  },
  fl_revision_item: {
    columns: {
      revision: 'integer',
      position: 'integer',
      kind: 'text',
      name: 'text',
      pack: 'text?',
      extends: 'text?',
      hash: 'text',
    },
    key: ['revision', 'position'],
  },
  fl_setting: { columns: { key: 'text', value: 'text' }, key: ['key'] },
  fl_setup: { columns: { one: 'integer', at: 'text', user_id: 'text' }, key: ['one'] },
  fl_credential: { columns: { user_id: 'text', password_hash: 'text', changed_at: 'text' }, key: ['user_id'] },
  fl_session: {
    columns: {
      token_hash: 'text',
      user_id: 'text',
      created_at: 'text',
      last_seen_at: 'text',
      expires_at: 'text',
      address: 'text?',
      agent: 'text?',
    },
    key: ['token_hash'],
  },
  fl_key: {
    columns: {
      id: 'text',
      user_id: 'text',
      name: 'text',
      hash: 'text',
      scopes: 'text',
      created_at: 'text',
      expires_at: 'text?',
      last_used_at: 'text?',
      revoked_at: 'text?',
    },
    key: ['id'],
  },
  fl_attempt: {
    columns: { subject: 'text', failures: 'integer', first_at: 'text', last_at: 'text', blocked_until: 'text?' },
    key: ['subject'],
  },
  fl_idempotency: {
    columns: {
      principal: 'text',
      route: 'text',
      key: 'text',
      body_hash: 'text',
      status: 'integer?',
      answer: 'text?',
      created_at: 'integer',
    },
    key: ['principal', 'route', 'key'],
  },
  fl_sequence: {
    columns: { form: 'text', field: 'text', scope: 'text', period: 'text', next: 'integer' },
    key: ['form', 'field', 'scope', 'period'],
  },
  fl_import: {
    columns: {
      id: 'text',
      form: 'text',
      state: 'text',
      file_name: 'text?',
      mapping: 'text?',
      report: 'text?',
      created_by: 'text?',
      created_at: 'text',
      updated_at: 'text',
    },
    key: ['id'],
  },
  fl_import_row: {
    columns: {
      import: 'text',
      number: 'integer',
      cells: 'text',
      state: 'text',
      issues: 'text?',
      record: 'text?',
      version: 'integer?',
    },
    key: ['import', 'number'],
  },
  fl_column: {
    columns: { form: 'text', table_name: 'text', field: 'text', column_type: 'text', state: 'text' },
    key: ['form', 'table_name', 'field'],
  },
  fl_unique: { columns: { form: 'text', fields: 'text', enforced: 'text' }, key: ['form', 'fields'] },
}

const numbered: Readonly<Record<string, Columns>> = {
  fl_change: {
    form: 'text',
    record: 'text',
    version: 'integer',
    actor: 'text?',
    on_behalf: 'text?',
    cause: 'text',
    at: 'text',
    patch: 'text',
    prev_hash: 'text?',
    hash: 'text',
  },
  fl_audit: { at: 'text', actor: 'text?', event: 'text', data: 'text' },
}

const indexes: readonly { readonly table: string; readonly columns: readonly string[]; readonly unique?: true }[] = [
  { table: 'fl_change', columns: ['form', 'record', 'seq'] },
  { table: 'fl_session', columns: ['user_id'] },
  { table: 'fl_key', columns: ['hash'], unique: true },
  { table: 'fl_key', columns: ['user_id'] },
  { table: 'fl_idempotency', columns: ['created_at'] },
  { table: 'fl_revision_item', columns: ['kind', 'name'] },
  { table: 'fl_import', columns: ['form'] },
]

export const system: Migration = {
  number: 1,
  async up(db) {
    for (const [name, { columns, key }] of Object.entries(tables)) {
      await withColumns(db, createTable(db, name), columns)
        .addPrimaryKeyConstraint(`${name}_key`, [...key])
        .execute()
    }
    for (const [name, columns] of Object.entries(numbered))
      await withColumns(db, createNumbered(db, name), columns).execute()
    for (const index of indexes) await createIndex(db, index)
  },
}

type Builder = CreateTableBuilder<string, string>

function createTable(db: Connection, name: string): Builder {
  return db.schema.createTable(name)
}

/** `seq` is the order of everything: never used twice, also after a removal. */
function createNumbered(db: Connection, name: string): Builder {
  return db.schema
    .createTable(name)
    .addColumn('seq', numberType(db), (column) =>
      numberType(db) === 'integer'
        ? column.primaryKey().autoIncrement()
        : column.primaryKey().generatedAlwaysAsIdentity(),
    )
}

function withColumns(db: Connection, table: Builder, columns: Columns): Builder {
  return Object.entries(columns).reduce((builder, [name, type]) => {
    const dataType = type.startsWith('text') ? textType(db) : numberType(db)
    return builder.addColumn(name, dataType, (column) => (type.endsWith('?') ? column : column.notNull()))
  }, table)
}

function numberType(db: Connection): ColumnDataType {
  return dialectOf(db) === 'sqlite' ? 'integer' : 'bigint'
}

async function createIndex(db: Connection, index: (typeof indexes)[number]): Promise<void> {
  const builder = db.schema
    .createIndex(`${index.table}_${index.columns.join('_')}`)
    .on(index.table)
    .columns([...index.columns])
  await (index.unique ? builder.unique() : builder).execute()
}
