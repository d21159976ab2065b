/** What each pack brought when it was installed or last upgraded: the base of the next three-way merge. */
import { isObject, type Json } from '#base/json.ts'
import type { Definition } from '#definitions/definition.ts'
import type { Connection } from '#storage/connection.ts'
import { definitionsByHash, firstRevisionOf, keepDefinitions, loadDefinitions } from '#storage/revision-store.ts'
import { readSettings, writeSetting } from '#storage/setting-store.ts'

/** From this revision on the pack's own definitions were these. */
interface Base {
  readonly revision: number
  readonly hashes: readonly string[]
}

/** The pack as it came, for what stands at this revision. A pack that nobody noted came with its first revision. */
export async function baseOf(
  db: Connection,
  of: { readonly pack: string; readonly revision: number },
): Promise<readonly Definition[]> {
  const noted = validAt(await basesOf(db, of.pack), of.revision)
  if (noted) return definitionsByHash(db, noted.hashes)
  const first = await firstRevisionOf(db, of.pack)
  const sources = first === null ? [] : await loadDefinitions(db, first)
  return sources.filter(({ pack }) => pack === of.pack).map(({ definition }) => definition)
}

/** The pack came, in this revision, with these definitions. */
export async function noteBase(
  db: Connection,
  come: { readonly pack: string; readonly revision: number; readonly definitions: readonly Definition[] },
): Promise<void> {
  const hashes = await keepDefinitions(db, come.definitions)
  await append(db, come.pack, { revision: come.revision, hashes })
}

/** After a rollback the packs stand on what they stood on then. */
export async function keepBases(
  db: Connection,
  rollback: { readonly from: number; readonly to: number },
): Promise<void> {
  const sources = await loadDefinitions(db, rollback.from)
  const packs = sources.flatMap(({ definition }) => (definition.kind === 'pack' ? [definition.name] : []))
  for (const pack of packs) {
    const definitions = await baseOf(db, { pack, revision: rollback.from })
    await noteBase(db, { pack, revision: rollback.to, definitions })
  }
}

async function append(db: Connection, pack: string, base: Base): Promise<void> {
  const bases = [...(await basesOf(db, pack)), base]
  await writeSetting(db, keyOf(pack), bases as unknown as Json)
}

async function basesOf(db: Connection, pack: string): Promise<readonly Base[]> {
  const stored = (await readSettings(db, [keyOf(pack)])).get(keyOf(pack))
  return Array.isArray(stored) ? (stored.filter(isObject) as unknown as readonly Base[]) : []
}

function validAt(bases: readonly Base[], revision: number): Base | undefined {
  return bases.filter((base) => base.revision <= revision).at(-1)
}

function keyOf(pack: string): string {
  return `pack.${pack}.bases`
}
