/** Every problem with which a route may answer: those of its handler, and those of the stations before it. */
import type { ProblemCode } from '#base/problems.ts'
import type { RouteContract } from './route.ts'

export function problemsOf(contract: RouteContract): readonly ProblemCode[] {
  const own = contract.auth !== 'public'
  const writes = contract.method !== 'GET'
  const stations: readonly ProblemCode[] = [
    'request-invalid',
    'wrong-content-type',
    'too-many-requests',
    'unavailable',
    'internal',
    ...(own ? (['unauthenticated', 'forbidden'] as const) : []),
    ...(writes ? (['origin-refused'] as const) : []),
    ...(contract.body || contract.upload ? (['too-large'] as const) : []),
    ...(contract.query || !writes ? (['query-invalid'] as const) : []),
    ...(contract.params ? (['not-found'] as const) : []),
  ]
  return [...new Set([...contract.problems, ...stations])]
}
