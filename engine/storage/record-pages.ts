/** All records of a form in the order of their ids, page by page: for work that goes through everything. */
import type { Connection } from './connection.ts'
import { physicalName } from './names.ts'

/** The next ids after `after` (null: from the first), those in the bin among them. */
export async function recordIdsAfter(
  db: Connection,
  form: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const all = db.selectFrom(physicalName(form)).select('id').orderBy('id').limit(page.limit)
  const rows = await (page.after === null ? all : all.where('id', '>', page.after)).execute()
  return rows.map((row) => String(row['id']))
}
