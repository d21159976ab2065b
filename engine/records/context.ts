/** What one request carries through the lines: model, caller, rights, time. Fixed once per request. */

import type { Actor } from '#access/actor.ts'
import { effectiveRoles } from '#access/actor.ts'
import { type FormPolicy, type Policy, policyOf } from '#access/policy.ts'
import { formatDatetime, todayIn } from '#base/dates.ts'
import type { Clock, Ids } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import type { Surroundings } from '#expressions/expression.ts'
import type { Connection } from '#storage/connection.ts'
import type { Database } from '#storage/database.ts'
import { createRecordStore } from '#storage/record-store.ts'
import type { RecordStore } from '#storage/stored-record.ts'

export interface RecordContext {
  readonly db: Database
  readonly model: Model
  readonly store: RecordStore
  readonly actor: Actor
  readonly policy: Policy
  /** Without `linked` and `inTree`: these are loaded per record. */
  readonly around: Surroundings
  readonly clock: Clock
  readonly ids: Ids
  /** Called inside the writing transaction, after the row and its Change: what starts flows later. */
  readonly listeners: readonly WriteListener[]
  /** The same caller on the definitions that are published now: for work that outlasts a publication. Absent: only its root can begin again. */
  readonly renew?: (() => Promise<RecordContext>) | undefined
}

/** Sees each write before it commits; throwing refuses the write. */
export type WriteListener = (
  db: Connection,
  event: { readonly form: string; readonly id: string; readonly verb: 'create' | 'update' | 'delete' | 'restore' },
) => Promise<void>

export interface ContextParts {
  readonly db: Database
  readonly model: Model
  readonly actor: Actor
  readonly clock: Clock
  readonly ids: Ids
  readonly listeners?: readonly WriteListener[]
  readonly renew?: () => Promise<RecordContext>
}

export function createContext(parts: ContextParts): RecordContext {
  const now = parts.clock.now()
  return {
    ...parts,
    listeners: parts.listeners ?? [],
    store: createRecordStore(parts.model, parts.db.dialect),
    policy: policyOf(parts.model, effectiveRoles(parts.actor)),
    around: {
      now: formatDatetime(now),
      today: todayIn(parts.actor.zone, now),
      zone: parts.actor.zone,
      user: parts.actor.row,
    },
  }
}

/** The form and the caller's policy on it; a form without any grant does not exist for the caller. */
export function visibleForm(
  context: RecordContext,
  name: string,
): { readonly form: FormModel; readonly policy: FormPolicy } {
  const form = context.model.forms.get(name)
  const policy = context.policy.form(name)
  if (!form || !policy) throw new Refusal('not-found')
  return { form, policy }
}

/** Refuses a verb that no grant gives. */
export function requireVerb(policy: FormPolicy, verb: string): void {
  if (policy.may(verb)) return
  throw new Refusal('forbidden', {
    detail: {
      en: `The right "${verb}" on "${policy.form.name}" is missing.`,
      'zh-CN': `缺少对“${policy.form.name}”的“${verb}”权限。`,
    },
    params: { verb, form: policy.form.name },
  })
}
