/** What tables must say of each other beyond links: definitions fit their hashes, and no record has gone without a trace. */
import { sql } from 'kysely'
import { sha256 } from '#base/sha256.ts'
import { canonicalText, hashDefinition } from '#definitions/canonical.ts'
import type { Definition } from '#definitions/definition.ts'
import type { Connection } from './connection.ts'
import { physicalName } from './names.ts'

/** Definitions by their content, revisions by their definitions; empty: all fit. */
export async function checkDefinitions(db: Connection): Promise<readonly string[]> {
  const definitions = await db.selectFrom('fl_definition').select(['hash', 'kind', 'name', 'body']).execute()
  const altered = definitions.filter((row) => !isWhole(String(row['hash']), String(row['body'])))
  return [
    ...altered.map((row) => `definition ${row['kind']}/${row['name']} does not fit its hash`),
    ...(await checkRevisions(db)),
  ]
}

function isWhole(hash: string, body: string): boolean {
  try {
    const definition = JSON.parse(body) as Definition
    return hashDefinition(definition) === hash && canonicalText(definition) === body
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

async function checkRevisions(db: Connection): Promise<readonly string[]> {
  const revisions = await db.selectFrom('fl_revision').select(['number', 'hash']).orderBy('number').execute()
  const items = await db
    .selectFrom('fl_revision_item')
    .select(['revision', 'pack', 'hash'])
    .orderBy('revision')
    .orderBy('position')
    .execute()
  const lines = new Map<number, string>()
  for (const item of items) {
    const number = Number(item['revision'])
    lines.set(number, `${lines.get(number) ?? ''}${item['pack'] ?? ''} ${item['hash']}\n`)
  }
  return revisions
    .filter((row) => sha256(lines.get(Number(row['number'])) ?? '') !== row['hash'])
    .map((row) => `revision ${row['number']} does not fit its hash`)
}

/** Records whose changes are there and which are not: nothing ever removes a record for good. */
export async function lostRecords(db: Connection, form: string): Promise<readonly string[]> {
  const { rows } = await sql<{ record: string }>`select distinct record from fl_change where form = ${form}
    and not exists (select 1 from ${sql.id(physicalName(form))} as kept where kept.id = fl_change.record) limit 100`.execute(
    db,
  )
  return rows.map((row) => `${form}/${row.record} is gone, its changes are there`)
}

type Spelling = 'time' | 'sha256' | 'token' | 'json' | 'user'

/** Columns of the tables that nothing else vouches for. What is spelled wrongly was altered; a digit for another stays unseen. */
const spellings: Readonly<Record<string, Readonly<Record<string, Spelling>>>> = {
  fl_session: { user_id: 'user', token_hash: 'token', created_at: 'time', last_seen_at: 'time', expires_at: 'time' },
  fl_credential: { user_id: 'user', changed_at: 'time' },
  fl_key: {
    user_id: 'user',
    hash: 'token',
    scopes: 'json',
    created_at: 'time',
    expires_at: 'time',
    revoked_at: 'time',
  },
  fl_attempt: { first_at: 'time', last_at: 'time', blocked_until: 'time' },
  fl_audit: { at: 'time', data: 'json' },
  fl_idempotency: { body_hash: 'token', answer: 'json' },
  fl_setup: { at: 'time', user_id: 'user' },
  fl_setting: { value: 'json' },
  fl_import: { created_at: 'time', updated_at: 'time' },
  fl_file: { sha256: 'sha256', at: 'time', state_at: 'time' },
}

const patterns: Readonly<Record<Exclude<Spelling, 'json' | 'user'>, RegExp>> = {
  time: /^\d{4}-(0[1-9]|1[0-2])-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}Z$/,
  sha256: /^[0-9a-f]{64}$/,
  /** SHA-256 as the accounts and the recorded answers keep it. */
  token: /^[\w-]{43}$/,
}

/** Rows of the engine's own tables whose columns are not spelled as the engine spells them. */
export async function checkSpellings(db: Connection): Promise<readonly string[]> {
  const users = await db.selectFrom(physicalName('user')).select('id').execute()
  const known = new Set(users.map((row) => String(row['id'])))
  const found: string[] = []
  for (const [table, columns] of Object.entries(spellings)) {
    const names = Object.keys(columns)
    for (const row of await db.selectFrom(table).select(names).execute()) {
      const wrong = names.filter((name) => !isSpelled(row[name], columns[name] as Spelling, known))
      found.push(...wrong.map((name) => `${table}.${name} holds ${JSON.stringify(row[name])}, which nobody wrote`))
    }
  }
  return found
}

function isSpelled(value: unknown, spelling: Spelling, users: ReadonlySet<string>): boolean {
  if (value === null) return true
  const text = String(value)
  if (spelling === 'user') return users.has(text)
  return spelling === 'json' ? isJson(text) : patterns[spelling].test(text)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
