/** Loads beforehand what expressions read over links and in trees, so that evaluating stays synchronous. */

import type { FormPolicy } from '#access/policy.ts'
import { Bug } from '#base/bug.ts'
import type { Model } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Compiled, Path, Row, Surroundings, Value } from '#expressions/expression.ts'
import type { CompiledRule, FieldProgram, FormProgram } from '#expressions/form-program.ts'
import { systemTypes } from '#expressions/live-record.ts'
import { readValue } from '#expressions/values.ts'
import type { Connection } from '#storage/connection.ts'
import type { RecordStore } from '#storage/stored-record.ts'

/** An expression, and the rows for which it will be evaluated. */
export interface Evaluation {
  readonly compiled: Compiled
  readonly rows: readonly { readonly row: Row; readonly parent?: Row; readonly record?: Row }[]
}

export interface LinkSource {
  readonly model: Model
  readonly store: RecordStore
  readonly around: Surroundings
}

/** Surroundings in which these evaluations find their links and trees. One query per linked form. */
export async function withLinks(
  db: Connection,
  source: LinkSource,
  evaluations: readonly Evaluation[],
): Promise<Surroundings> {
  const wanted = collect(evaluations, source.around)
  const loaded = new Map<string, Value>()
  for (const [form, { ids, paths }] of wanted)
    await loadForm(db, source, { form, ids: [...ids], paths: [...paths.values()], into: loaded })
  const trees = evaluations.some(({ compiled }) => compiled.usesTree) ? await loadTrees(db, source) : null
  return {
    ...source.around,
    linked: (form, id, path) => loaded.get(linkKey(form, id, path)),
    ...(trees
      ? { inTree: (form: string, node: string, ancestor: string) => isBelow(trees.get(form), node, ancestor) }
      : {}),
  }
}

export interface PlacedExpression {
  readonly compiled: Compiled
  /** The table in whose rows it stands; null: the record. */
  readonly table: string | null
}

const placed = new WeakMap<FormProgram, readonly PlacedExpression[]>()

/** The expressions of a form that reach over links or into trees; found once per program. */
export function reachingExpressions(program: FormProgram): readonly PlacedExpression[] {
  const known = placed.get(program)
  if (known) return known
  const found = expressionsOf(program).filter(({ compiled }) => compiled.linkReads.length > 0 || compiled.usesTree)
  placed.set(program, found)
  return found
}

/** Every expression of a form that a write may evaluate. */
function expressionsOf(program: FormProgram): readonly PlacedExpression[] {
  const compiled = (rule: CompiledRule | null) => (rule === null || typeof rule === 'boolean' ? [] : [rule])
  const ofField = (field: FieldProgram) =>
    [field.formula, field.fallback, field.visible, field.required, field.readonly].flatMap(compiled)
  const top = [...program.fields.values()]
  return [
    ...top.flatMap((field) => ofField(field).map((each) => ({ compiled: each, table: null }))),
    ...top.flatMap((field) =>
      [...(field.columns?.values() ?? [])].flatMap((column) =>
        ofField(column).map((each) => ({ compiled: each, table: field.field.name })),
      ),
    ),
    ...[program.title, program.locked?.when ?? null, ...program.checks.map((check) => check.assert)].flatMap((each) =>
      compiled(each).map((found) => ({ compiled: found, table: null })),
    ),
  ]
}

/** The row rules of a policy. */
export function rulesOfPolicy(policy: FormPolicy): readonly Compiled[] {
  return [...policy.grants, ...policy.denies].flatMap((rule) => rule.where ?? [])
}

interface Wanted {
  readonly ids: Set<string>
  readonly paths: Map<string, Path>
}

function collect(evaluations: readonly Evaluation[], around: Surroundings): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const { compiled, rows } of evaluations) {
    for (const read of compiled.linkReads) {
      const entry = wanted.get(read.form) ?? { ids: new Set<string>(), paths: new Map<string, Path>() }
      for (const each of rows) for (const id of idsAt(read.from, each, around)) entry.ids.add(id)
      entry.paths.set(read.path.join('.'), read.path)
      wanted.set(read.form, entry)
    }
  }
  return wanted
}

function idsAt(from: Path, at: Evaluation['rows'][number], around: Surroundings): readonly string[] {
  const [first, second] = from
  const holder =
    first === '$parent' ? at.parent : first === '$record' ? at.record : first === '$user' ? around.user : at.row
  const value = holder?.[(first?.startsWith('$') ? second : first) ?? '']
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) || second === undefined || first?.startsWith('$')) return []
  return (value as readonly Row[]).flatMap((row) => (typeof row[second] === 'string' ? [row[second] as string] : []))
}

async function loadForm(
  db: Connection,
  source: LinkSource,
  request: { form: string; ids: string[]; paths: Path[]; into: Map<string, Value> },
): Promise<void> {
  if (request.ids.length === 0) return
  const types = request.paths.map((path) => typeOfPath(source.model, request.form, path))
  const rows = await source.store.values(db, request.form, { ids: request.ids, paths: request.paths })
  for (const id of request.ids) {
    const values = rows.get(id)
    request.paths.forEach((path, index) => {
      request.into.set(
        linkKey(request.form, id, path),
        values ? readValue(types[index] as ValueType, values[index] ?? null) : null,
      )
    })
  }
}

function linkKey(form: string, id: string, path: Path): string {
  return `${form} ${id} ${path.join('.')}`
}

/** The type at the end of a path that starts at a form; the path is checked, so a missing step is a bug. */
export function typeOfPath(model: Model, form: string, path: Path): ValueType {
  const [name, ...rest] = path
  const type = model.forms.get(form)?.fields.get(name ?? '')?.type ?? systemTypes[name ?? '']
  if (!type) throw new Bug('no such path', { form, path })
  if (rest.length === 0) return type
  if (type.is !== 'record') throw new Bug('path goes on behind a value', { form, path })
  return typeOfPath(model, type.form, rest)
}

async function loadTrees(db: Connection, source: LinkSource): Promise<Map<string, ReadonlyMap<string, string | null>>> {
  const trees = new Map<string, ReadonlyMap<string, string | null>>()
  for (const form of source.model.forms.values()) {
    const parent = [...form.fields.values()].find(
      (field) => field.definition.tree === true && field.definition.to === form.name,
    )
    if (parent) trees.set(form.name, await source.store.tree(db, form.name, parent.name))
  }
  return trees
}

/** Is `node` the ancestor itself or below it? A loop in the data ends the walk. */
function isBelow(tree: ReadonlyMap<string, string | null> | undefined, node: string, ancestor: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null | undefined = node; at && !seen.has(at); at = tree?.get(at)) {
    if (at === ancestor) return true
    seen.add(at)
  }
  return false
}
