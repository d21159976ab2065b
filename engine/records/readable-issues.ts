/** What is wrong with unsaved values, for one who may only look: nothing that would tell, bit by bit, a value that they may not read. */
import type { Issue } from '#base/problems.ts'
import type { FormProgram } from '#expressions/form-program.ts'
import type { RecordRights } from './rights.ts'

const ofCheck = 'check:'

/** Leaves out issues at fields that are closed, and checks that read one. */
export function readableIssues(issues: readonly Issue[], program: FormProgram, rights: RecordRights): readonly Issue[] {
  return issues.filter((issue) => {
    if (!issue.code.startsWith(ofCheck)) return isOpen(issue, program, rights)
    const check = program.checks.find(({ definition }) => definition.name === issue.code.slice(ofCheck.length))
    return check === undefined || check.assert.reads.every((path) => opens(path, program, rights))
  })
}

/** For one who writes: what is wrong at a closed field is said once, without its name. A name that the caller gave is repeated as it came. */
export function namelessIssues(issues: readonly Issue[], program: FormProgram, rights: RecordRights): readonly Issue[] {
  const told = issues.filter((issue) => issue.code === 'unknown-field' || isOpen(issue, program, rights))
  return told.length === issues.length ? issues : [...told, { pointer: '', code: 'closed-field' }]
}

function isOpen({ pointer }: Issue, program: FormProgram, rights: RecordRights): boolean {
  return pointer === '' || opens(pointer.slice(1).split('/'), program, rights)
}

/** `cost`, `$old.cost`, `lines.price` and `lines/0/price`. */
function opens(path: readonly string[], program: FormProgram, rights: RecordRights): boolean {
  const [first = '', second, third] = path[0] === '$old' || path[0] === '$parent' ? path.slice(1) : path
  const field = program.fields.get(first)
  if (first.startsWith('$') || !field) return true
  if (!field.columns) return rights.reads(first)
  const column = second !== undefined && !field.columns.has(second) ? third : second
  if (column !== undefined && field.columns.has(column)) return rights.reads(`${first}.${column}`)
  return [...field.columns.keys()].some((each) => rights.reads(`${first}.${each}`))
}
