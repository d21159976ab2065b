/** A column as DDL declares it: its type, and for a link what it refers to. */
import { type RawBuilder, sql } from 'kysely'
import type { FieldModel } from '#definitions/model.ts'
import { postgresType, sqliteType } from './columns.ts'
import { type Ddl, physicalOf } from './ddl.ts'

export type DeclaredField = Pick<FieldModel, 'name' | 'type'>

/** `name type references …` */
export function declaration(ddl: Ddl, { name, type }: DeclaredField): RawBuilder<unknown> {
  const declared = ddl.dialect === 'sqlite' ? sqliteType(type) : collated(postgresType(type))
  const target = type.is === 'record' ? references(physicalOf(type)) : sql``
  return sql`${sql.id(name)} ${sql.raw(declared)}${target}`
}

/** Can it stand in the table from its beginning? PostgreSQL wants the target of a link to be there before. */
export function isDeclaredAtOnce(ddl: Ddl, { type }: DeclaredField): boolean {
  return ddl.dialect === 'sqlite' || type.is !== 'record'
}

/** Checked at commit: a form and the record that it points at may come in one transaction, in any order. */
function references(target: string): RawBuilder<unknown> {
  return sql` references ${sql.id(target)} (id) deferrable initially deferred`
}

function collated(type: string): string {
  return type === 'text' ? 'text collate "C"' : type
}
