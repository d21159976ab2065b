/** What links to a record: counted for `on_delete`, listed for the cascade. */
import { type RawBuilder, sql } from 'kysely'
import type { FormModel } from '#definitions/model.ts'
import { isLinks } from './columns.ts'
import type { Connection } from './connection.ts'
import { joinName, physicalName } from './names.ts'
import { hole, Template } from './prepared.ts'
import type { Linking } from './stored-record.ts'

type Incoming = FormModel['incoming'][number]

export interface IncomingLink {
  readonly entry: Incoming
  readonly count: Template
  readonly ids: Template
}

/** The links to a form, each with its two statements. */
export function incomingLinks(form: FormModel): readonly IncomingLink[] {
  return form.incoming
    .filter((entry) => entry.field.stored)
    .map((entry) => {
      const record = entry.table === undefined ? sql`s.id` : sql`s.parent_id`
      return {
        entry,
        count: new Template(() => sql`select count(*) as count ${linkingTo(entry, form.name)}`),
        ids: new Template(
          () => sql`select distinct ${record} as id ${linkingTo(entry, form.name)} order by id limit ${hole(1)}`,
        ),
      }
    })
}

export async function countLinking(db: Connection, link: IncomingLink, id: string): Promise<Linking | null> {
  const [row] = await link.count.rows(db, [id])
  const count = Number(row?.['count'] ?? 0)
  const { form, table, field } = link.entry
  return count === 0 ? null : { form, ...(table === undefined ? {} : { table }), field: field.name, count }
}

/** `from … where` the source (`s`) lives, links to the record of hole 0 (or to a row of it), and is not that record itself. */
function linkingTo({ form, table, field }: Incoming, target: string): RawBuilder<unknown> {
  const source = sql`from ${sql.id(physicalName(form, table))} as s`
  const parent = table === undefined ? sql`` : sql` join ${sql.id(physicalName(form))} as p on p.id = s.parent_id`
  const record = table === undefined ? 's' : 'p'
  const others = form === target ? sql` and ${sql.ref(`${record}.id`)} <> ${hole(0)}` : sql``
  return sql`${source}${parent} where ${sql.ref(`${record}.deleted_at`)} is null${others} and ${pointsAt({ form, table, field }, target)}`
}

function pointsAt(
  { form, table, field }: { form: string; table: string | undefined; field: Incoming['field'] },
  target: string,
): RawBuilder<unknown> {
  const { type } = field
  if (isLinks(type))
    return sql`exists (select 1 from ${sql.id(joinName(form, field.name, table))} as j where j.parent_id = s.id and j.target_id = ${hole(0)})`
  if (type.is === 'any_record') return sql`${sql.ref(`s.${field.name}`)} = ${sql.lit(`${target}/`)} || ${hole(0)}`
  const column = sql.ref(`s.${field.name}`)
  if (type.is !== 'record' || type.table === undefined) return sql`${column} = ${hole(0)}`
  return sql`${column} in (select id from ${sql.id(physicalName(target, type.table))} where parent_id = ${hole(0)})`
}
