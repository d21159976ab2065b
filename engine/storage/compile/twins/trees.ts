/** SQL twin of `in_tree`: the whole branch below a known record, or the way up from each node. */
import { sql } from 'kysely'
import type { CallNode, Node } from '#expressions/node.ts'
import { treeOf } from '#expressions/operators/in-tree.ts'
import { falseOf } from './comparing.ts'
import type { Sql, Twin, Writer } from './writer.ts'

/** The field of the form that links to its own form as a tree. */
export type TreeField = (form: string) => string

export function inTree(fieldOf: TreeField): Twin {
  const condition = (call: CallNode, writer: Writer) => walk(call, writer, fieldOf)
  return {
    condition,
    value: (call, writer) => ({ sql: sql`coalesce(${condition(call, writer)}, ${falseOf(writer)})` }),
  }
}

function walk(call: CallNode, writer: Writer, fieldOf: TreeField): Sql {
  const [node, ancestor] = call.args as readonly [Node, Node]
  const form = treeOf(call.args) ?? ''
  const [table, link, way, t] = [writer.tableName(form), fieldOf(form), sql.id(writer.nextAlias()), writer.nextAlias()]
  const collation = writer.dialect === 'postgres' ? sql` COLLATE "C"` : sql``
  const byCodePoint = (value: Sql) => sql`${value}${collation}`
  const [below, above] = [byCodePoint(writer.value(node).sql), byCodePoint(writer.value(ancestor).sql)]
  const each = sql.id(t)
  if (writer.constantOf(ancestor) !== undefined) {
    const step = sql`SELECT ${byCodePoint(sql.id(t, 'id'))} FROM ${table} AS ${each} JOIN ${way} ON ${sql.id(t, link)} = ${way}.id`
    return sql`(${below} IN (WITH RECURSIVE ${way}(id) AS (SELECT ${above} UNION ${step}) SELECT id FROM ${way}))`
  }
  const step = sql`SELECT ${byCodePoint(sql.id(t, link))} FROM ${table} AS ${each} JOIN ${way} ON ${sql.id(t, 'id')} = ${way}.id`
  return sql`(${above} IN (WITH RECURSIVE ${way}(id) AS (SELECT ${below} UNION ${step}) SELECT id FROM ${way}))`
}
