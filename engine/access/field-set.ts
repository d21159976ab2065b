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

/** The field set of a grant over a form. */
export function fieldSet(model: Model, form: FormModel, grant: Grant): FieldSet {
  const admin = grant.can.includes('*')
  const open = new Set(allPaths(form).filter((path) => listed(grant, path)))
  if (!admin) closeDerived(model, form, open)
  const masked = new Set(grant.mask ?? [])
  const locked = new Set(grant.readonly ?? [])
  const reads = (path: string) => open.has(path) && !masked.has(path)
  return {
    reads,
    masks: (path) => open.has(path) && masked.has(path),
    writes: (path) => reads(path) && !locked.has(path) && !locked.has(path.split('.')[0] as string) && (admin || !guarded.has(`${form.name}.${path}`)),
  }
}

/** Every path of a form: fields, system fields that rules may hide, and columns of tables. */
export function allPaths(form: FormModel): readonly string[] {
  const own = [...form.fields.values()].flatMap((field) => [field.name, ...[...(field.table?.fields.keys() ?? [])].map((column) => `${field.name}.${column}`)])
  return ['title', 'owner', ...(form.lifecycle ? ['state'] : []), ...own]
}

function listed(grant: Grant, path: string): boolean {
  const [first, column] = path.split('.') as [string, string | undefined]
  const hidden = grant.hide ?? []
  if (hidden.includes(path) || hidden.includes(first)) return false
  if (!grant.show || path === 'title' || path === 'owner' || path === 'state') return true
  if (grant.show.includes(path)) return true
  const partly = grant.show.some((shown) => shown.startsWith(`${first}.`))
  return column === undefined ? partly : grant.show.includes(first) && !partly
}

/** Takes away, until nothing changes, each computed field that reads something closed: a sum would tell its parts. */
function closeDerived(model: Model, form: FormModel, open: Set<string>): void {
  const program = compileForm(model, form.name)
  const isTable = (field: string) => form.fields.get(field)?.table !== undefined
  const derived = program.order.map((step) => ({
    path: step.program.key.replace('/', '.'),
    reads: cellsRead(step.formula, step.table, isTable).map((key) => key.replace('/', '.')),
  }))
  const title = program.title ? [{ path: 'title', reads: cellsRead(program.title, null, isTable).map((key) => key.replace('/', '.')) }] : []
  const known = new Set(allPaths(form))
  let closed = true
  while (closed) {
    closed = false
    for (const { path, reads } of [...derived, ...title]) {
      if (open.has(path) && reads.some((read) => known.has(read) && !open.has(read))) closed = open.delete(path)
    }
  }
}

/** The field of a path, if the form has it. */
export function fieldAt(form: FormModel, path: string): FieldModel | undefined {
  const [first, column] = path.split('.') as [string, string | undefined]
  const field = form.fields.get(first)
  return column === undefined ? field : field?.table?.fields.get(column)
}
