/** The template gallery: what can be installed and what it brings. */
import type { Text } from '#base/text.ts'

export interface PackAnswer {
  readonly name: string
  readonly version: string
  readonly label: Text
  readonly description?: Text
  readonly icon?: string
  readonly requires?: readonly string[]
  /** The installed version. */
  readonly installed: string | null
  /** The version that it can be upgraded to. */
  readonly upgrade: string | null
  readonly counts: {
    readonly forms: number
    readonly views: number
    readonly roles: number
    readonly [kind: string]: number
  }
  /** Has demo data. */
  readonly demo: boolean
}
export interface PacksAnswer {
  readonly packs: readonly PackAnswer[]
}
