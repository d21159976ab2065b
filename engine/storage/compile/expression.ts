/** A checked expression as SQL, with the same answer as its closures. Values are bound, names quoted. */
import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import { formatDecimal, fromScaled } from '#base/decimal.ts'
import { Refusal } from '#base/problems.ts'
import type { FieldModel, Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { compileExpression } from '#expressions/compile.ts'
import { compileNode } from '#expressions/evaluate.ts'
import type { Compiled, Place, Row, Surroundings, Value } from '#expressions/expression.ts'
import { type Hop, type LinkNode, type Node, type ReadNode, type RowsNode, walkNodes } from '#expressions/node.ts'
import { formulaPlace } from '#expressions/places.ts'
import { twinOf } from './twins/catalogue.ts'
import { truth } from './twins/logic.ts'
import { exactOf, numberOf, scaledForm } from './twins/numbers.ts'
import { columnFragment, constantFragment } from './twins/values.ts'
import type { Fragment, Sql, Twin, Writer } from './twins/writer.ts'

/** Where the expression stands in a query. */
export interface SqlContext {
  readonly dialect: 'sqlite' | 'postgres'
  /** Of the table whose columns the bare names are. */
  readonly alias: string
  /** Of the record's table where the expression stands over rows; without it the parent is looked up by `parent_id`. */
  readonly parentAlias?: string
  readonly recordRow?: Row
  readonly recordParentRow?: Row
  readonly around: Surroundings
  /** Physical names; the join table of a `links` field is the table of that field (`lines.partners` for a column). */
  readonly names: { table(form: string, table?: string): string }
}

/**
 * A boolean expression as a condition for WHERE, bare so that indexes serve it: NULL counts as false, so negate `strictSql` instead.
 * Any other expression as its value: numbers as exact decimal text (SQLite) or `numeric` (PostgreSQL).
 */
export function expressionSql(compiled: Compiled, place: Place, context: SqlContext): Sql {
  const writer = writerOf(place, context)
  if (compiled.type.is === 'boolean') return writer.condition(compiled.node)
  const fragment = writer.value(compiled.node)
  return scaledForm(fragment) === null ? fragment.sql : exactOf(fragment)
}

/** A boolean expression that is never NULL: for `NOT …` and for columns of a result. */
export function strictSql(compiled: Compiled, place: Place, context: SqlContext): Sql {
  return writerOf(place, context).strict(compiled.node)
}

/** The value as a column of this type holds it: what sorts and selects of fields computed when read use. */
export function columnSql(compiled: Compiled, place: Place, context: SqlContext & { readonly as: ValueType }): Sql {
  return asColumn(compiled.node, context.as, writerOf(place, context)).sql
}

interface Names {
  next: number
  /** Fields computed when read that are being written, innermost last. */
  readonly open: readonly string[]
}

function writerOf(place: Place, context: SqlContext): Writer {
  return new ExpressionWriter({ place, context, names: { next: 0, open: [] } })
}

interface Standing {
  readonly place: Place
  readonly context: SqlContext
  readonly names: Names
}

class ExpressionWriter implements Writer {
  readonly dialect: 'sqlite' | 'postgres'
  readonly zone: string
  readonly #place: Place
  readonly #context: SqlContext
  readonly #names: Names

  constructor({ place, context, names }: Standing) {
    this.dialect = context.dialect
    this.zone = context.around.zone
    this.#place = place
    this.#context = context
    this.#names = names
  }

  value(node: Node): Fragment {
    const constant = this.constantOf(node)
    if (constant !== undefined) return this.constant(constant, node.type)
    switch (node.kind) {
      case 'read':
        return this.#read(node)
      case 'link':
        return this.#link(node)
      case 'call':
        return this.#twin(node.operator.name).value(node, this)
      default:
        throw new Bug('no column value', { kind: node.kind })
    }
  }

  condition(node: Node): Sql {
    const constant = this.constantOf(node)
    if (constant !== undefined) return truth(constant === true)
    if (node.kind !== 'call') return this.value(node).sql
    const twin = this.#twin(node.operator.name)
    return twin.condition?.(node, this) ?? twin.value(node, this).sql
  }

  strict(node: Node): Sql {
    const constant = this.constantOf(node)
    if (constant !== undefined) return truth(constant === true)
    const { sql: value } = this.value(node)
    const total = node.kind === 'call' && !mayBeEmpty.has(node.operator.name)
    return total ? value : this.dialect === 'sqlite' ? sql`coalesce(${value}, 0)` : sql`coalesce(${value}, false)`
  }

  constantOf(node: Node): Value | undefined {
    if (node.kind === 'literal') return node.value
    if (!isConstant(node)) return undefined
    const { recordRow, recordParentRow, around } = this.#context
    const scope = {
      row: {},
      around,
      ...(recordRow ? { record: recordRow } : {}),
      ...(recordParentRow ? { recordParent: recordParentRow } : {}),
    }
    return compileNode(node)(scope)
  }

  constant(value: Value, type: ValueType): Fragment {
    return constantFragment(value, type, this.dialect)
  }

  over(rows: RowsNode): { readonly writer: Writer; readonly from: Sql } {
    const alias = this.nextAlias()
    const { parentAlias, ...context } = this.#context
    const holder = rows.from === 'row' ? this.#context.alias : parentAlias
    const place: Place = { ...this.#place, table: rows.rows }
    const writer = new ExpressionWriter({
      place,
      context: { ...context, alias, ...(holder === undefined ? {} : { parentAlias: holder }) },
      names: this.#names,
    })
    const owner = holder === undefined ? sql.id(this.#context.alias, 'parent_id') : sql.id(holder, 'id')
    const table = sql.id(this.#context.names.table(rows.rows.form, rows.rows.table))
    return { writer, from: sql`FROM ${table} AS ${sql.id(alias)} WHERE ${sql.id(alias, 'parent_id')} = ${owner}` }
  }

  joined(node: Node): { readonly from: Sql; readonly target: Sql } | null {
    if (node.type.is !== 'list' || node.type.of.is !== 'record' || this.constantOf(node) !== undefined) return null
    const found = this.#joinOf(node)
    if (found === null) return null
    const alias = this.nextAlias()
    const from = sql`FROM ${sql.id(found.table)} AS ${sql.id(alias)} WHERE ${sql.id(alias, 'parent_id')} = ${found.holder}`
    return { from, target: sql.id(alias, 'target_id') }
  }

  tableName(form: string): Sql {
    return sql.id(this.#context.names.table(form))
  }

  nextAlias(): string {
    this.#names.next += 1
    return `fx${this.#names.next}`
  }

  #twin(operator: string): Twin {
    const twin = twinOf(operator, (form) => treeField(this.#place.model, form))
    if (twin === undefined) throw notInFilters(operator)
    return twin
  }

  #read(node: ReadNode): Fragment {
    if (node.field?.stored === false) return this.#computed(node.field, node.from === 'row' ? 'row' : 'parent')
    if (node.from === 'row') return this.#column(sql.id(this.#context.alias, node.name), node)
    const { parentAlias, alias, names } = this.#context
    if (parentAlias !== undefined) return this.#column(sql.id(parentAlias, node.name), node)
    const parent = this.nextAlias()
    const table = sql.id(names.table(this.#place.table.form))
    const where = sql`${sql.id(parent, 'id')} = ${sql.id(alias, 'parent_id')}`
    return this.#column(
      sql`(SELECT ${sql.id(parent, node.name)} FROM ${table} AS ${sql.id(parent)} WHERE ${where})`,
      node,
    )
  }

  /** A column, or the list of a join table as JSON. */
  #column(column: Sql, node: ReadNode | LinkNode): Fragment {
    const joined = this.joined(node)
    if (joined === null) return columnFragment(column, node.type, this.dialect)
    const { from, target } = joined
    if (this.dialect === 'postgres') return { sql: sql`(SELECT jsonb_agg(${target}) ${from})` }
    return { sql: sql`nullif((SELECT json_group_array(${target}) ${from}), '[]')` }
  }

  /** A field without a column: its formula in place, rounded as the field would. */
  #computed(
    field: FieldModel,
    from: 'row' | 'parent',
    at?: { readonly alias: string; readonly table: TableModel },
  ): Fragment {
    const { model, table, parent } = this.#place
    const { parentAlias, ...context } = this.#context
    const alias = at?.alias ?? (from === 'row' ? context.alias : parentAlias)
    const owner = at?.table ?? (from === 'row' ? table : parent)
    const key = `${owner?.form}.${owner?.table ?? ''}.${field.name}`
    if (alias === undefined || owner === undefined || this.#names.open.includes(key)) throw notInFilters(field.name)
    const place = formulaPlace(model, owner, field)
    const compiled = compileExpression(field.definition.formula ?? null, { ...place, sql: true })
    if (!compiled.ok) throw notInFilters(field.name)
    const inner = {
      ...context,
      alias,
      ...(from === 'row' && at === undefined && parentAlias !== undefined ? { parentAlias } : {}),
    }
    const names: Names = { next: this.#names.next + 100, open: [...this.#names.open, key] }
    return asColumn(compiled.value.node, field.type, new ExpressionWriter({ place, context: inner, names }))
  }

  /** Over links: one subquery that walks the hops and reads the last field. */
  #link(node: LinkNode): Fragment {
    const last = node.hops.at(-1) as Hop
    if (this.joined(node) !== null) return this.#column(sql``, node)
    const aliases = node.hops.map(() => this.nextAlias())
    const alias = aliases.at(-1) ?? ''
    const read =
      last.field?.stored === false
        ? this.#computed(last.field, 'row', { alias, table: this.#tableModel(last) })
        : columnFragment(sql.id(alias, last.name), node.type, this.dialect)
    const { raw: _raw, ...fragment } = read
    return { ...fragment, sql: sql`(SELECT ${read.sql} ${this.#walk(node, aliases)})` }
  }

  #walk({ base, hops }: LinkNode, aliases: readonly string[]): Sql {
    const tables = hops.map(
      (hop, index) => sql`${sql.id(this.#context.names.table(hop.form, hop.table))} AS ${sql.id(aliases[index] ?? '')}`,
    )
    const joins = tables
      .slice(1)
      .map(
        (table, index) =>
          sql` JOIN ${table} ON ${sql.id(aliases[index + 1] ?? '', 'id')} = ${sql.id(aliases[index] ?? '', hops[index]?.name ?? '')}`,
      )
    return sql`FROM ${tables[0] as Sql}${sql.join(joins, sql``)} WHERE ${sql.id(aliases[0] ?? '', 'id')} = ${this.value(base).sql}`
  }

  #tableModel({ form, table }: Hop): TableModel {
    const owner = this.#place.model.forms.get(form)
    const found = table === undefined ? owner : owner?.fields.get(table)?.table
    if (found === undefined) throw new Bug('no such form', { form })
    return found
  }

  /** The join table of a `links` field and the id of the record that holds it. */
  #joinOf(node: Node): { readonly table: string; readonly holder: Sql } | null {
    const { alias, parentAlias, names } = this.#context
    if (node.kind === 'read') {
      const owner = node.from === 'row' ? this.#place.table : undefined
      const form = this.#place.table.form
      const holder =
        node.from === 'row'
          ? sql.id(alias, 'id')
          : parentAlias === undefined
            ? sql.id(alias, 'parent_id')
            : sql.id(parentAlias, 'id')
      return { table: names.table(form, joinKey(owner?.table, node.name)), holder }
    }
    if (node.kind !== 'link') return null
    const last = node.hops.at(-1) as Hop
    const before = node.hops.slice(0, -1)
    const holder =
      before.length === 0
        ? this.value(node.base)
        : this.#link({ ...node, hops: before, type: { is: 'record', form: last.form } })
    return { table: names.table(last.form, joinKey(last.table, last.name)), holder: holder.sql }
  }
}

/** Booleans of these operators are empty where their branches are. */
const mayBeEmpty: ReadonlySet<string> = new Set(['if', 'coalesce'])

function joinKey(table: string | undefined, field: string): string {
  return table === undefined ? field : `${table}.${field}`
}

/** Does it depend on no column of the query? */
function isConstant(root: Node): boolean {
  let constant = true
  walkNodes(root, (node, enclosing) => {
    const ofConstant = enclosing.some((rows) => rows.from === 'record' || rows.from === 'recordParent')
    if (node.kind === 'link') constant = false
    if (
      (node.kind === 'read' || node.kind === 'rows') &&
      (node.from === 'row' || node.from === 'parent') &&
      !ofConstant
    )
      constant = false
    if (node.kind === 'call' && node.operator.name === 'in_tree') constant = false
  })
  return constant
}

/** The value in the shape of a column of `type`: numbers rounded to its scale, empty where it would not hold them. */
function asColumn(node: Node, type: ValueType, writer: Writer): Fragment {
  if (type.is !== 'decimal' && type.is !== 'integer' && type.is !== 'duration') return writer.value(node)
  const value = numberOf(node, writer)
  const scale = type.is === 'decimal' ? type.scale : 0
  if (writer.dialect === 'sqlite') {
    if (type.is !== 'decimal') return { sql: sql`fl_whole(${exactOf(value)})`, form: { scale, digits: 16 } }
    return { sql: sql`fl_scaled(${exactOf(value)}, ${sql.lit(scale)})`, form: { scale, digits: 15 } }
  }
  const alias = writer.nextAlias()
  const beyond =
    type.is === 'decimal' ? formatDecimal(fromScaled(10n ** 15n, scale)) : String(Number.MAX_SAFE_INTEGER + 1)
  const [v, limit] = [sql.id(alias, 'v'), sql`CAST(${beyond} AS numeric)`]
  return {
    sql: sql`(SELECT CASE WHEN abs(${v}) < ${limit} THEN ${v} END FROM (SELECT round(${value.sql}, ${sql.lit(scale)}) AS v) AS ${sql.id(alias)})`,
    form: 'numeric',
  }
}

function treeField(model: Model, form: string): string {
  const field = [...(model.forms.get(form)?.fields.values() ?? [])].find((each) => each.definition['tree'] === true)
  if (field === undefined) throw new Bug('no tree field', { form })
  return field.name
}

function notInFilters(name: string): Refusal {
  return new Refusal('query-invalid', { issues: [{ pointer: '', code: 'not-in-filters', params: { name } }] })
}
