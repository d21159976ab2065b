/** What handlers find besides the parts of the root: what the server itself made when it was built. */
import type { ImportRunner } from './import-runner.ts'
import type { KnownCallers } from './known-callers.ts'
import type { LiveHub } from './live/hub.ts'
import type { NotedUses } from './noted-uses.ts'
import type { ApiParts } from './parts.ts'
import type { Thumbnails } from './thumbnails.ts'
import type { Watch } from './watch.ts'

export interface RunningParts extends ApiParts {
  readonly hub: LiveHub
  readonly watch: Watch
  readonly callers: KnownCallers
  readonly uses: NotedUses
  readonly imports: ImportRunner
  readonly thumbnails: Thumbnails
}
