/** Many writes of one form in one request: each goes through the write line under its own savepoint, all together or each for itself. */
import type { JsonObject } from '#base/json.ts'
import { catalogue, type Issue, type Problem, Refusal } from '#base/problems.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import { type RecordContext, requireVerb, visibleForm } from './context.ts'
import { deleteIn } from './remove.ts'
import { createIn, updateIn, type Written } from './write.ts'

export type BulkOperation =
  | { readonly verb: 'create'; readonly values: JsonObject }
  | { readonly verb: 'update'; readonly id: string; readonly version: number; readonly values: JsonObject }
  | { readonly verb: 'delete'; readonly id: string; readonly version: number }

export interface BulkPart {
  readonly form: string
  readonly operations: readonly BulkOperation[]
  /** Position of the first one in the request, for pointers. */
  readonly first: number
}

export type BulkResult = { readonly written: Written } | { readonly problem: Problem }

const mostIssues = 1_000

/** Refuses a verb of the request that no grant gives; what a grant gives on some rows only is asked per record. */
export function requireBulkVerbs(context: RecordContext, { form, operations }: Omit<BulkPart, 'first'>): void {
  const { policy } = visibleForm(context, form)
  for (const verb of new Set(operations.map((operation) => operation.verb))) requireVerb(policy, verb)
}

/** One transaction; what fails is undone alone. Results in the order of the operations. */
export function bulkEach(context: RecordContext, part: BulkPart): Promise<readonly BulkResult[]> {
  return context.db.write((db) => runAll(db, context, part))
}

/** One transaction; everything is tried, and one failure undoes all: `record-invalid` with every issue of every operation. */
export function bulkTogether(context: RecordContext, part: BulkPart): Promise<readonly BulkResult[]> {
  return context.db.write(async (db) => {
    const results = await runAll(db, context, part)
    const issues = results.flatMap((result, index) =>
      'problem' in result ? issuesOf(result.problem, part.first + index) : [],
    )
    if (issues.length > 0) throw new Refusal('record-invalid', { issues: issues.slice(0, mostIssues) })
    return results
  })
}

async function runAll(db: Connection, context: RecordContext, part: BulkPart): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = []
  for (const [index, operation] of part.operations.entries()) {
    results.push(await runOne(db, context, { form: part.form, operation, index: part.first + index }))
    if (index % 20 === 19) await breathe()
  }
  return results
}

async function runOne(
  db: Connection,
  context: RecordContext,
  at: { readonly form: string; readonly operation: BulkOperation; readonly index: number },
): Promise<BulkResult> {
  try {
    return { written: await savepoint(db, () => writeOne(db, context, at)) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.code === 'unavailable') throw error
    return { problem: pointed(error.problem, at.operation, at.index) }
  }
}

function writeOne(
  db: Connection,
  context: RecordContext,
  { form, operation }: { readonly form: string; readonly operation: BulkOperation },
): Promise<Written> {
  requireVerb(visibleForm(context, form).policy, operation.verb)
  const options = { cause: { write: operation.verb, bulk: true } }
  switch (operation.verb) {
    case 'create':
      return createIn(db, context, { intent: { verb: 'create', form, body: operation.values }, options })
    case 'update': {
      const { id, version, values } = operation
      return updateIn(db, context, { intent: { verb: 'update', form, id, version, body: values }, options })
    }
    case 'delete':
      return deleteIn(db, context, { intent: { form, id: operation.id, version: operation.version }, options })
  }
}

/** Issues point into the request. */
function pointed(problem: Problem, operation: BulkOperation, index: number): Problem {
  if (!problem.issues) return problem
  const place = `/operations/${index}${operation.verb === 'delete' ? '' : '/values'}`
  return { ...problem, issues: problem.issues.map((issue) => ({ ...issue, pointer: place + issue.pointer })) }
}

/** A problem without issues is one itself. */
function issuesOf(problem: Problem, index: number): readonly Issue[] {
  if (problem.issues?.length) return problem.issues
  const message = problem.detail ?? catalogue[problem.code].title
  return [
    {
      pointer: `/operations/${index}`,
      code: problem.code,
      message,
      ...(problem.params ? { params: problem.params } : {}),
    },
  ]
}

/** Lets other requests in between: the driver of the embedded database never yields by itself. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
