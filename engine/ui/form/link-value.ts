/** Links as they are read: id and title, sometimes with more. */
import { isObject } from '#base/json.ts'
import type { LinkValue } from '#contract/wire-record.ts'

export function isLinkValue(value: unknown): value is LinkValue {
  return isObject(value) && typeof value['id'] === 'string' && 'title' in value
}
