/** One route as data: who may call it, what it takes and answers, which problems it has. Server, client and OpenAPI read the same. */
import type { Static, TSchema } from 'typebox'
import type { ProblemCode } from '#base/problems.ts'

/** public: anybody · session: signed in · builder: may change definitions · admin. */
export type RouteAuth = 'public' | 'session' | 'builder' | 'admin'

/** What the route does, as audit, keys and census name it. A scoped key reaches only `records` and `self`. */
export type RouteAction =
  | 'look'
  | 'setup'
  | 'sign-in'
  | 'self'
  | 'records'
  | 'users'
  | 'settings'
  | 'definitions'
  | 'packs'

export interface RouteContract {
  /** `records.create`: noun and verb; unique. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Fastify's spelling: `/api/forms/:form/records`. */
  readonly url: string
  readonly auth: RouteAuth
  readonly action: RouteAction
  readonly summary: string
  readonly params?: TSchema
  /** Values are strings; the handler parses them. */
  readonly query?: TSchema
  /** Absent: the route takes no body. */
  readonly body?: TSchema
  /** A file comes as multipart/form-data instead of JSON; `only`: JSON is refused. */
  readonly upload?: true | 'only'
  /** Successful statuses and what they carry; null: nothing. */
  readonly answers: Readonly<Record<number, TSchema | null>>
  /** What an answer is that carries something else than JSON. */
  readonly media?: readonly string[]
  readonly problems: readonly ProblemCode[]
  /** Only for a signed-in person: a key is refused, so that a leaked one cannot outlive itself. */
  readonly personal?: true
  /** The answer goes on as long as the client stays. */
  readonly streams?: true
  /** The answer carries an ETag. */
  readonly tagged?: true
  /** The answer 201 carries the address of what was made. */
  readonly located?: true
  /** If-Match is required. */
  readonly conditional?: true
  /** Idempotency-Key is obeyed. */
  readonly idempotent?: true
  /** Larger bodies than the usual. */
  readonly limits?: { readonly bytes: number; readonly names: number }
}

/** Keeps the literal types of the schemas, so that handlers are typed by them. */
export function defineRoute<const C extends RouteContract>(contract: C): C {
  return contract
}

export type ParamsOf<C extends RouteContract> = C extends { readonly params: infer S extends TSchema }
  ? Static<S>
  : Record<string, never>
export type QueryOf<C extends RouteContract> = C extends { readonly query: infer S extends TSchema }
  ? Static<S>
  : Record<string, never>
export type BodyOf<C extends RouteContract> = C extends { readonly body: infer S extends TSchema }
  ? Static<S>
  : undefined
