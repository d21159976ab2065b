/** Format migrations of definitions: pure functions from version n to n + 1, chained, none skipped; a newer format is refused. */
import type { JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { fail, ok, type Result } from '#base/result.ts'

/** The format that this engine reads and writes. */
export const formatVersion = 1

export type Migration = (definition: JsonObject) => JsonObject

/** `migrations[0]` leads from version 1 to 2, and so on. The first format needs none. */
export const migrations: readonly Migration[] = []

/** Brings a definition of an older format up to date. Only a pack says its version; others are as old as `from` says. */
export function migrateDefinition(
  definition: JsonObject,
  from = declaredVersion(definition),
): Result<JsonObject, readonly Issue[]> {
  return migrateThrough(definition, { from, chain: migrations })
}

/** The chain itself, open for tests: applies every migration from `from` on, in order. */
export function migrateThrough(
  definition: JsonObject,
  plan: { readonly from: number; readonly chain: readonly Migration[] },
): Result<JsonObject, readonly Issue[]> {
  const newest = plan.chain.length + 1
  if (plan.from > newest)
    return fail([{ pointer: '/formloom', code: 'newer-format', params: { version: plan.from, newest } }])
  return ok(plan.chain.slice(plan.from - 1).reduce((current, migrate) => migrate(current), definition))
}

function declaredVersion(definition: JsonObject): number {
  const version = definition.formloom
  return definition.kind === 'pack' && typeof version === 'number' && Number.isInteger(version) && version >= 1
    ? version
    : formatVersion
}
