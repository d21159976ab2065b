/** Every answer that a test sees must be one that its contract declares: status, problem, shape. */
import { Ajv } from 'ajv'
import type { ProblemCode } from '#base/problems.ts'
import { problemsOf } from '#contract/problems-of.ts'
import type { RouteContract } from '#contract/route.ts'
import { routeContracts } from '#contract/routes.ts'

const shapes = routeContracts.map((contract) => ({
  contract,
  pattern: new RegExp(`^${contract.url.replaceAll('.', '\\.').replace(/:[a-z]+/g, '[^/]+')}$`),
}))
const ajv = new Ajv({ strict: false, allErrors: true })

/** What the contract did not declare; empty when all is well. */
export function undeclared(
  asked: { readonly method: string; readonly path: string },
  answer: { readonly status: number; readonly body: unknown },
): readonly string[] {
  const path = asked.path.split('?')[0] ?? ''
  const contract = shapes.find((shape) => shape.contract.method === asked.method && shape.pattern.test(path))?.contract
  if (!contract) return []
  return answer.status >= 400 ? undeclaredProblem(contract, answer.body) : undeclaredAnswer(contract, answer)
}

function undeclaredProblem(contract: RouteContract, body: unknown): readonly string[] {
  const code = String((body as { type?: string } | null)?.type ?? '').replace('/problems/', '') as ProblemCode
  return problemsOf(contract).includes(code)
    ? []
    : [`${contract.id} answers with the problem "${code}", which its contract does not declare`]
}

function undeclaredAnswer(
  contract: RouteContract,
  { status, body }: { readonly status: number; readonly body: unknown },
): readonly string[] {
  const schema = contract.answers[status]
  if (schema === undefined) return [`${contract.id} answers ${status}, which its contract does not declare`]
  if (schema === null || body === null) return []
  const check = ajv.compile(schema)
  return check(body) ? [] : [`${contract.id}: ${ajv.errorsText(check.errors)}`]
}
