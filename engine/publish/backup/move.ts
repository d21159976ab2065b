/** A company moves from its SQLite file to an empty PostgreSQL database: nobody writes meanwhile, and nothing counts before it is equal. */

import type { Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { createIds, systemClock } from '#files/machine.ts'
import { type Hold, holdSqlite, openSnapshot } from '#storage/copy/open.ts'
import { knownColumns } from '#storage/copy/record-tables.ts'
import { type CopyTable, Digest, type Digests, differingTables, digestAll, isOwnRow } from '#storage/copy/tables.ts'
import { type CopyTarget, isEmptyPostgres, openTarget } from '#storage/copy/target.ts'
import { closedKey } from '#storage/migrate.ts'
import { openWorkspace } from '../workspace.ts'
import { allRows, keyedValue, schemaOf, tableNamed } from './write.ts'

export interface MoveRequest {
  /** The data folder: its file is left, its uploaded files stay in use. */
  readonly folder: string
  /** `postgres://…` */
  readonly url: string
  readonly log: Log
  readonly kinds: FieldKinds
}

export interface Moved {
  /** Of every table, the same on both sides. */
  readonly digests: Digests
  /** An attempt that was cut off after its copy was whole has been ended. */
  readonly resumed: boolean
}

/**
 * From the first moment to the end a running server answers reads, and 503 to writes; afterwards the file refuses writes for good.
 * Cut off anywhere before: the file is as it was, and the next attempt begins anew. Refusals: `request-invalid` for a database that
 * is not empty, `already-done`, `unavailable` where the copy is not equal.
 */
export async function moveToPostgres(request: MoveRequest): Promise<Moved> {
  const hold = holdSqlite(request.folder)
  try {
    const tables = await hold.reader.tables()
    if ((await keyedValue(hold.reader, tableNamed(tables, 'fl_meta'), closedKey)) !== null)
      throw new Refusal('already-done')
    const moved = (await isEmptyPostgres(request.url)) ? await copy(hold, tables, request) : await resume(hold, request)
    const workspace = await openWorkspace({ ...request, clock: systemClock, ids: createIds() })
    await workspace.close()
    hold.closeForGood('moved')
    return moved
  } finally {
    await hold.close()
  }
}

async function copy(hold: Hold, tables: readonly CopyTable[], request: MoveRequest): Promise<Moved> {
  const columns = tableNamed(tables, 'fl_column')
  const target = await openTarget(request, {
    schema: await schemaOf(hold.reader, tables),
    register: knownColumns(columns, await allRows(hold.reader, columns)),
    log: request.log,
  })
  try {
    const digests = await copyTables(hold, tables, target)
    for (const [table, last] of Object.entries(await hold.reader.counters())) await target.count(table, last)
    await target.brokenLinks()
    requireEqual(digests, await digestAll(target.reader))
    await target.finish()
    return { digests, resumed: false }
  } catch (error) {
    await target.abandon()
    throw error
  }
}

async function copyTables(hold: Hold, tables: readonly CopyTable[], target: CopyTarget): Promise<Digests> {
  const digests: Record<string, ReturnType<Digest['end']>> = {}
  for (const table of tables) {
    const digest = new Digest(table)
    for await (const found of hold.reader.rows(table)) {
      const rows = found.filter((row) => !isOwnRow(table, row))
      digest.add(rows)
      if (rows.length > 0) await target.insert(table, rows)
    }
    digests[table.name] = digest.end()
  }
  return digests
}

/** The copy stands already, only its end was missing: when it is equal. */
async function resume(hold: Hold, { url, folder }: MoveRequest): Promise<Moved> {
  const there = await openSnapshot({ url, folder })
  try {
    const [digests, found] = [await digestAll(hold.reader), await digestAll(there.reader)]
    const wrong = differingTables(digests, found)
    if (wrong.length === 0) return { digests, resumed: true }
    throw new Refusal('request-invalid', {
      detail: {
        en: `The PostgreSQL database is not empty, and what it holds is not this workspace (${wrong.slice(0, 5).join(', ')}). Make a new one: createdb formloom`,
        'zh-CN': `PostgreSQL 数据库不为空，且内容并非此工作区（${wrong.slice(0, 5).join('、')}）。请新建一个：createdb formloom`,
      },
    })
  } finally {
    await there.close()
  }
}

function requireEqual(source: Digests, found: Digests): void {
  const wrong = differingTables(source, found)
  if (wrong.length === 0) return
  throw new Refusal('unavailable', {
    detail: {
      en: `The copy is not equal in ${wrong.join(', ')}: nothing was kept of it, the file stays in use.`,
      'zh-CN': `副本在 ${wrong.join('、')} 中不一致：未保留任何内容，仍使用原文件。`,
    },
  })
}
