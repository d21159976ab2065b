/** A record as a reply shows it, and the records behind its expanded links: what to read of each, by which rules, written how. */
import { allPaths } from '#access/field-set.ts'
import { type FormPolicy, has } from '#access/policy.ts'
import { mayShow } from '#access/seen-model.ts'
import { visibilityOf } from '#access/visibility.ts'
import { Refusal } from '#base/problems.ts'
import type { FieldModel } from '#definitions/model.ts'
import { compileForm, type FormProgram } from '#expressions/form-program.ts'
import type { Projection, RecordCells } from '#storage/record-cells.ts'
import type { Raw } from '#storage/wire-text.ts'
import type { RecordContext } from './context.ts'
import { type ListQuery, selectedFields } from './list-plan.ts'
import type { LiveNode } from './read-lives.ts'
import { expandedWriter, recordWriter, type WriteText } from './record-text.ts'
import { type RightsByRow, RowRules, rightsByRow, type VerbsByRow, verbsByRow } from './row-rules.ts'
import { shownRecord } from './shown.ts'

export interface RecordNode extends LiveNode {
  readonly policy: FormPolicy
  readonly wanted: ReadonlySet<string> | null
  readonly rights: RightsByRow
  /** Of a record that is read alone. */
  readonly verbs: VerbsByRow | null
  readonly expand: ReadonlyMap<string, RecordNode>
  readonly projection: Projection
}

interface Wanted {
  readonly query: Pick<ListQuery, 'fields' | 'expand'>
  /** With what the caller may do to it. */
  readonly isAlone: boolean
}

/** Refusal: query-invalid for an expanded field that is no link. */
export function recordNode(context: RecordContext, policy: FormPolicy, { query, isAlone }: Wanted): RecordNode {
  const { fields, expand = [] } = query
  const names = fields && [...fields, ...expand]
  const rules = new RowRules(policy)
  const rights = rightsByRow(policy, rules)
  const verbs = isAlone ? verbsByRow(policy, rules) : null
  const nodes = new Map(expand.flatMap((name) => expandedNode(context, policy, name)))
  const wanted = names ? new Set(names) : null
  const program = programOf(context, policy, wanted)
  const visible = (node: RecordNode) => ({ ...node.projection, visible: visibilityOf(node.policy) })
  return {
    policy,
    wanted,
    rights,
    verbs,
    expand: nodes,
    program,
    projection: {
      form: policy.form.name,
      select: new Set(selectedFields(policy, names)),
      stored: program === null ? maskedPaths(policy) : 'all',
      conditions: rules.conditions,
      expand: new Map([...nodes].map(([name, node]) => [name, visible(node)])),
    },
  }
}

/** Nothing of a form that the caller may not read, and rows have no record of their own: such links stay links. */
function expandedNode(context: RecordContext, { form }: FormPolicy, name: string): [] | [[string, RecordNode]] {
  const type = name === 'owner' ? { is: 'record' as const, form: 'user' } : form.fields.get(name)?.type
  if (type?.is !== 'record')
    throw new Refusal('query-invalid', {
      issues: [{ pointer: '/expand', code: 'unknown-field', params: { field: name } }],
    })
  const policy = type.table === undefined ? context.policy.form(type.form) : null
  return policy === null ? [] : [[name, recordNode(context, policy, { query: {}, isAlone: false })]]
}

/** null: nothing that is shown is computed when read. */
function programOf(context: RecordContext, policy: FormPolicy, wanted: RecordNode['wanted']): FormProgram | null {
  const fields = [...policy.form.fields.values()].filter((field) => wanted === null || wanted.has(field.name))
  return fields.some((field) => isLive(policy, field)) ? compileForm(context.model, policy.form.name) : null
}

function isLive(policy: FormPolicy, field: FieldModel): boolean {
  if (!field.stored) return mayShow(policy, field.name)
  const columns = [...(field.table?.fields.values() ?? [])]
  return columns.some((column) => !column.stored && mayShow(policy, `${field.name}.${column.name}`))
}

function maskedPaths(policy: FormPolicy): ReadonlySet<string> {
  const reading = policy.grants.filter((grant) => has(grant.verbs, 'read'))
  return new Set(allPaths(policy.form).filter((path) => reading.some((grant) => grant.fields.masks(path))))
}

function targetWriter(node: RecordNode, cells: RecordCells): WriteText {
  const showsTitle = (row: Raw) => node.rights.rights(row, cells.conditions).reads('title')
  return expandedWriter(cells, { write: nodeWriter(node, cells), showsTitle })
}

/** Writes a row of the node; what its fields are is found once per set of rights. */
export function nodeWriter(node: RecordNode, cells: RecordCells): WriteText {
  const expanded = new Map(
    [...node.expand].flatMap(([name, inner]) => {
      const target = cells.expanded.get(name)
      return target ? [[name, targetWriter(inner, target)] as const] : []
    }),
  )
  const { conditions } = cells
  const writers = new Map<string, WriteText>()
  return (row, lives) => {
    const pattern = node.rights.pattern(row, conditions)
    const known = writers.get(pattern)
    if (known) return known(row, lives)
    const shown = shownRecord(node.policy, node.rights.rights(row, conditions), node.wanted)
    const made = recordWriter(cells, shown, expanded)
    writers.set(pattern, made)
    return made(row, lives)
  }
}
