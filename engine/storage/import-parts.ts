/** The parts of an import that are read one by one: its sheet in pieces, records that were refused, records that wait for others. */
import type { Json } from '#base/json.ts'
import type { Connection } from './connection.ts'

export type PartKind = 'rows' | 'refused' | 'waiting'

export interface ImportPart {
  readonly number: number
  readonly content: Json
}

const partsAtOnce = 50

/** A part that is there already is replaced. */
export async function saveParts(
  db: Connection,
  of: { readonly id: string; readonly kind: PartKind },
  parts: readonly ImportPart[],
): Promise<void> {
  for (let start = 0; start < parts.length; start += partsAtOnce)
    await db
      .insertInto('fl_import_part')
      .values(
        parts
          .slice(start, start + partsAtOnce)
          .map(({ number, content }) => ({ import: of.id, kind: of.kind, number, content: JSON.stringify(content) })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['import', 'kind', 'number'])
          .doUpdateSet((each) => ({ content: each.ref('excluded.content') })),
      )
      .execute()
}

/** null: there is none of this number. */
export async function readPart(
  db: Connection,
  of: { readonly id: string; readonly kind: PartKind },
  number: number,
): Promise<Json> {
  const row = await db
    .selectFrom('fl_import_part')
    .select('content')
    .where('import', '=', of.id)
    .where('kind', '=', of.kind)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? (JSON.parse(String(row['content'])) as Json) : null
}

/** In the order of their numbers, those after `after`. */
export async function partsAfter(
  db: Connection,
  of: { readonly id: string; readonly kind: PartKind },
  page: { readonly after: number; readonly limit: number },
): Promise<readonly ImportPart[]> {
  const rows = await db
    .selectFrom('fl_import_part')
    .select(['number', 'content'])
    .where('import', '=', of.id)
    .where('kind', '=', of.kind)
    .where('number', '>', page.after)
    .orderBy('number')
    .limit(page.limit)
    .execute()
  return rows.map((row) => ({ number: Number(row['number']), content: JSON.parse(String(row['content'])) as Json }))
}

export async function removeParts(
  db: Connection,
  of: { readonly id: string; readonly kind: PartKind },
  numbers?: readonly number[],
): Promise<void> {
  const removal = db.deleteFrom('fl_import_part').where('import', '=', of.id).where('kind', '=', of.kind)
  if (!numbers) await removal.execute()
  else if (numbers.length > 0) await removal.where('number', 'in', [...numbers]).execute()
}
