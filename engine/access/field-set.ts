/** Which fields a grant opens: readable, masked, writable; and what is derived from hidden ones stays hidden too. */
import type { Grant } from '#definitions/definition.ts'
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'
import { cellsRead, compileForm } from '#expressions/form-program.ts'

export interface FieldSet {
  /** Readable as it is (not masked). Path: `total`, or `lines.price`. */
  reads(path: string): boolean
  /** Readable as its last four characters only. */
  masks(path: string): boolean
  /** May be given in a create or update under this grant. */
  writes(path: string): boolean
}

/** Fields of the user form that decide what a person may do: only an admin writes them. */
const guarded = new Set(['user.roles', 'user.login', 'user.active'])

/** What a field set is made from; `behind` says whether the same roles may anywhere read what a path over a link ends at. */
export interface FieldSetParts {
  readonly model: Model
  readonly form: FormModel
  readonly grant: Grant
  behind(form: string, path: readonly string[]): boolean
}

/** The field set of a grant over a form. */
export function fieldSet({ model, form, grant, behind }: FieldSetParts): FieldSet {
  const admin = grant.can.includes('*')
  const open = new Set(allPaths(form).filter((path) => lists(grant, path)))
  if (!admin) closeDerived({ model, form, grant, behind }, open)
  const masked = new Set(grant.mask ?? [])
  const locked = new Set(grant.readonly ?? [])
  const reads = (path: string) => open.has(path) && !masked.has(path)
  return {
    reads,
    masks: (path) => open.has(path) && masked.has(path),
    writes: (path) =>
      reads(path) &&
      !locked.has(path) &&
      !locked.has(path.split('.')[0] as string) &&
      (admin || !guarded.has(`${form.name}.${path}`)),
  }
}

/** Every path of a form: fields, system fields that rules may hide, and columns of tables. */
export function allPaths(form: FormModel): readonly string[] {
  const own = [...form.fields.values()].flatMap((field) => [
    field.name,
    ...[...(field.table?.fields.keys() ?? [])].map((column) => `${field.name}.${column}`),
  ])
  return ['title', 'owner', ...(form.lifecycle ? ['state'] : []), ...own]
}

/** Does the grant itself open the path, before anything derived is looked at? */
export function lists(grant: Grant, path: string): boolean {
  const [first, column] = path.split('.') as [string, string | undefined]
  const hidden = grant.hide ?? []
  if (hidden.includes(path) || hidden.includes(first)) return false
  if (!grant.show || path === 'title' || path === 'owner' || path === 'state') return true
  if (grant.show.includes(path)) return true
  const partly = grant.show.some((shown) => shown.startsWith(`${first}.`))
  return column === undefined ? partly : grant.show.includes(first) && !partly
}

/** Takes away, until nothing changes, each computed field that reads something closed: a sum would tell its parts. */
function closeDerived({ model, form, behind }: FieldSetParts, open: Set<string>): void {
  const program = compileForm(model, form.name)
  const isTable = (field: string) => form.fields.get(field)?.table !== undefined
  const steps = [
    ...program.order.map((step) => ({
      path: step.program.key.replace('/', '.'),
      table: step.table,
      formula: step.formula,
    })),
    ...(program.title ? [{ path: 'title', table: null, formula: program.title }] : []),
  ]
  const known = new Set(allPaths(form))
  const derived = steps.map(({ path, table, formula }) => ({
    path,
    reads: cellsRead(formula, table, isTable).map((key) => key.replace('/', '.')),
    reachable: formula.linkReads.every((read) => read.from[0] === '$user' || behind(read.form, read.path)),
  }))
  for (let closed = true; closed; ) {
    closed = false
    for (const { path, reads, reachable } of derived) {
      if (open.has(path) && (!reachable || reads.some((read) => known.has(read) && !open.has(read))))
        closed = open.delete(path)
    }
  }
}

/** The field of a path, if the form has it. */
export function fieldAt(form: FormModel, path: string): FieldModel | undefined {
  const [first, column] = path.split('.') as [string, string | undefined]
  const field = form.fields.get(first)
  return column === undefined ? field : field?.table?.fields.get(column)
}
