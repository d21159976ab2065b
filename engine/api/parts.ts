/** What the root hands to the API: the workspace and the few things that only the machine knows. */
import type { SetupCodeStore } from '#accounts/setup.ts'
import type { Workspace } from '#publish/workspace.ts'
import type { RunnerSettings } from './import-runner.ts'
import type { Probe } from './limits/pressure.ts'
import type { Rate } from './limits/rate-limit.ts'
import type { LiveSettings } from './live/hub.ts'

export interface ApiParts {
  readonly workspace: Workspace
  readonly setupCode: SetupCodeStore
  /** FORMLOOM_URL: where people reach the workspace; decides Secure cookies and accepted origins. */
  readonly publicUrl: URL | null
  /** Built pages; null: this server answers programs only. */
  readonly pages: Pages | null
  /** Where packs are found. */
  readonly templates: string
  /** How fast one caller may ask; absent: as fast as they like. */
  readonly rate?: Rate | null
  /** Other than usual, for tests. */
  readonly live?: Partial<LiveSettings>
  /** Other than usual, for tests. */
  readonly importing?: RunnerSettings
  /** In place of the machine's own measurements, for tests. */
  readonly probe?: Probe
}

export interface Pages {
  readonly folder: string
  /** The designer has a page of its own. */
  readonly designer: boolean
}

/** People reach the workspace by TLS. */
export function isSecure(parts: ApiParts): boolean {
  return parts.publicUrl?.protocol === 'https:'
}
