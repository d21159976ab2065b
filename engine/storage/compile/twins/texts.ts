/** SQL twins of the text operators. SQLite calls the closures' own code; PostgreSQL gets the same tables as parameters. */
import { sql } from 'kysely'
import type { Node } from '#expressions/node.ts'
import { emailPattern, lowerLetters, upperLetters, whitespace } from '#expressions/texts.ts'
import { isNumber } from '#expressions/type-rules.ts'
import { counted } from './aggregates.ts'
import { falseOf } from './comparing.ts'
import { exactOf, numberOf } from './numbers.ts'
import type { Sql, Twin, Writer } from './writer.ts'

export const lower = unary(
  (a) => sql`fl_lower(${a})`,
  (a) => sql`translate(${a}, CAST(${upperLetters} AS text), CAST(${lowerLetters} AS text))`,
)
export const upper = unary(
  (a) => sql`fl_upper(${a})`,
  (a) => sql`translate(${a}, CAST(${lowerLetters} AS text), CAST(${upperLetters} AS text))`,
)
export const trim = unary(
  (a) => sql`nullif(trim(${a}, ${whitespace}), '')`,
  (a) => sql`nullif(btrim(${a}, CAST(${whitespace} AS text)), '')`,
)

export const startsWith = search(
  (a, b) => sql`(substr(${a}, 1, length(${b})) = ${b})`,
  (a, b) => sql`starts_with(${a}, ${b})`,
)
export const endsWith = search(
  (a, b) => sql`(substr(${a}, -length(${b})) = ${b})`,
  (a, b) => sql`(right(${a}, length(${b})) = ${b})`,
)
export const contains = search(
  (a, b) => sql`(instr(${a}, ${b}) > 0)`,
  (a, b) => sql`(position(${b} IN ${a}) > 0)`,
)

export const matchesEmail: Twin = {
  value(call, writer) {
    const text = writer.value(call.args[0] as Node).sql
    const matches =
      writer.dialect === 'sqlite' ? sql`fl_is_email(${text})` : sql`(${text} ~ CAST(${emailPattern} AS text))`
    return { sql: sql`coalesce(${matches}, ${falseOf(writer)})` }
  },
}

export const length: Twin = {
  value(call, writer) {
    const node = call.args[0] as Node
    const joined = writer.joined(node)
    if (joined !== null) return counted(sql`(SELECT count(*) ${joined.from})`, writer)
    const value = writer.value(node).sql
    const list = writer.dialect === 'sqlite' ? sql`json_array_length(${value})` : sql`jsonb_array_length(${value})`
    return counted(sql`coalesce(${node.type.is === 'list' ? list : sql`length(${value})`}, 0)`, writer)
  },
}

export const substr: Twin = {
  value(call, writer) {
    const text = writer.value(call.args[0] as Node).sql
    const [start, count] = call.args.slice(1).map((arg) => numberOf(arg, writer))
    if (start === undefined) return { sql: sql`NULL` }
    if (writer.dialect === 'postgres') return { sql: partOf(text, { start: start.sql, count: count?.sql }, writer) }
    return {
      sql:
        count === undefined
          ? sql`fl_part(${text}, ${exactOf(start)})`
          : sql`fl_part_of(${text}, ${exactOf(start)}, ${exactOf(count)})`,
    }
  },
}

export const cat: Twin = {
  value(call, writer) {
    const parts = call.args.map((arg) => sql`coalesce(${printed(arg, writer)}, '')`)
    return { sql: sql`nullif(${sql.join(parts, sql` || `)}, '')` }
  },
}

function printed(node: Node, writer: Writer): Sql {
  if (!isNumber(node.type) || node.type.is === 'empty') return writer.value(node).sql
  const value = numberOf(node, writer)
  return writer.dialect === 'postgres' ? sql`CAST(trim_scale(${value.sql}) AS text)` : exactOf(value)
}

/** PostgreSQL: the cases of `partOfText`, positions from 0. */
function partOf(
  text: Sql,
  { start, count }: { readonly start: Sql; readonly count: Sql | undefined },
  writer: Writer,
): Sql {
  const q = sql.id(writer.nextAlias())
  const [t, s, n] = [sql`${q}.t`, sql`${q}.s`, sql`${q}.n`]
  const from = sql`(CASE WHEN ${s} < 0 THEN greatest(length(${t}) + ${s}, 0) ELSE least(${s}, length(${t})) END)`
  const until =
    count === undefined
      ? sql`length(${t})`
      : sql`(CASE WHEN ${n} < 0 THEN length(${t}) + ${n} ELSE least(${from} + ${n}, length(${t})) END)`
  const clamped = (value: Sql) => sql`CAST(greatest(least(${value}, 1000000000), -1000000000) AS integer)`
  const known = count === undefined ? sql`${s} IS NOT NULL` : sql`${s} IS NOT NULL AND ${n} IS NOT NULL`
  // LEAST and GREATEST skip NULL, so an empty position is asked for by itself.
  const given = (value: Sql) => sql`CASE WHEN ${value} IS NOT NULL THEN ${clamped(value)} END`
  const columns =
    count === undefined
      ? sql`${text} AS t, ${given(start)} AS s`
      : sql`${text} AS t, ${given(start)} AS s, ${given(count)} AS n`
  return sql`(SELECT CASE WHEN ${known} THEN nullif(substr(${t}, ${from} + 1, greatest(${until} - ${from}, 0)), '') END FROM (SELECT ${columns}) AS ${q})`
}

function unary(sqlite: (text: Sql) => Sql, postgres: (text: Sql) => Sql): Twin {
  return {
    value(call, writer) {
      const text = writer.value(call.args[0] as Node).sql
      return { sql: writer.dialect === 'sqlite' ? sqlite(text) : postgres(text) }
    },
  }
}

/** NULL where a side is empty. */
function search(sqlite: (text: Sql, part: Sql) => Sql, postgres: (text: Sql, part: Sql) => Sql): Twin {
  const condition: NonNullable<Twin['condition']> = (call, writer) => {
    const [text, part] = call.args.map((arg) => writer.value(arg).sql) as [Sql, Sql]
    return writer.dialect === 'sqlite' ? sqlite(text, part) : postgres(text, part)
  }
  return {
    condition,
    value: (call, writer) => ({ sql: sql`coalesce(${condition(call, writer)}, ${falseOf(writer)})` }),
  }
}
