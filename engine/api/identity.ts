/** What the station `actor` finds: the model that answers, and who asks. */
import type { Caller } from '#accounts/authenticate.ts'
import type { Model } from '#definitions/model.ts'

export interface Identity {
  readonly model: Model
  readonly caller: Caller | null
  readonly token: string | null
}
