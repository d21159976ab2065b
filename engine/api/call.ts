/** One request as its handler sees it, and the answer as data: handlers know nothing of the web server. */
import type { Readable } from 'node:stream'
import type { Actor } from '#access/actor.ts'
import type { Caller } from '#accounts/authenticate.ts'
import type { Origin } from '#accounts/sessions.ts'
import type { Locale } from '#base/text.ts'
import type { BodyOf, ParamsOf, QueryOf, RouteContract } from '#contract/route.ts'
import type { Model } from '#definitions/model.ts'
import type { RecordContext } from '#records/context.ts'
import type { Subscriber } from './live/stream.ts'
import type { RunningParts } from './running-parts.ts'

export interface Call<C extends RouteContract = RouteContract> {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly parts: RunningParts
  /** Of the revision that answers; fixed for the request. */
  readonly model: Model
  readonly actor: Actor
  /** null: nobody is signed in. */
  readonly caller: Caller | null
  readonly records: RecordContext
  /** The caller for work that outlasts the request: asks again who that is. */
  readonly subscriber: () => Promise<Subscriber>
  readonly locale: Locale
  readonly from: Origin
  /** Token of the session cookie, valid or not. */
  readonly token: string | null
  /** Path without query. */
  readonly path: string
  readonly header: (
    name: 'if-match' | 'if-none-match' | 'idempotency-key' | 'accept' | 'last-event-id',
  ) => string | null
  /** The uploaded file and the fields beside it; only on routes with `upload`, null when JSON came. */
  readonly upload: () => Promise<Upload | null>
  /** The uploaded file while it arrives; what `take` makes of it is undone by the caller when the rest of the upload fails. */
  readonly receive: <T>(limit: number, take: (file: Arriving) => Promise<T>) => Promise<T>
}

/** A file on its way: the name as its sender gave it, the bytes, and the sign that the sender has gone. */
export interface Arriving {
  readonly name: string
  readonly bytes: Readable
  readonly signal: AbortSignal
}

export interface Upload {
  readonly name: string
  readonly content: Buffer
  readonly fields: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  /** JSON; absent: no body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sets the session cookie, or clears it. */
  readonly session?: { readonly token: string } | 'end'
  /** Something else than JSON. */
  readonly content?: { readonly type: string; readonly data: string | Buffer | Readable }
}

export interface Route {
  readonly contract: RouteContract
  readonly handle: (call: Call) => Promise<Answer>
}

/** Ties a handler to its contract; the contract types params, query and body, and the server has checked them. */
export function route<const C extends RouteContract>(contract: C, handle: (call: Call<C>) => Promise<Answer>): Route {
  return { contract, handle: (call) => handle(call as Call<C>) }
}
