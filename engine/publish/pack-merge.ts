/** New versions of packs merged into what stands: base as they came, mine as it is, theirs as they bring it. Changes nothing. */
import type { Json } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import type { Issue } from '#base/problems.ts'
import { hashDefinition } from '#definitions/canonical.ts'
import { workspacePrefix } from '#definitions/check/names.ts'
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type MergeConflict, type Merging, mergeThree, type Side } from '#definitions/merge/three-way.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { definingPack, keyOf, keyText, nameOf, setOf } from './definition-set.ts'
import type { PackFolder } from './packs-reader.ts'
import { mergeReplacements } from './replaced-parts.ts'

export interface Renewal {
  readonly folder: PackFolder
  /** The pack as it came, at its last installation or upgrade. */
  readonly base: readonly Definition[]
}

export interface PackMerge {
  /** The complete set. */
  readonly whole: readonly SourcedDefinition[]
  readonly conflicts: readonly MergeConflict[]
  readonly issues: readonly Issue[]
}

export interface Decisions {
  /** Where nothing else is said. */
  readonly take?: Side
  /** Place by place: pointers of conflicts. */
  readonly resolve?: ReadonlyMap<string, Side>
}

/** `standing`: all that is published. `fresh`: packs that were not there. */
export function mergePacks(
  standing: readonly SourcedDefinition[],
  packs: { readonly renewed: readonly Renewal[]; readonly fresh: readonly PackFolder[]; readonly kinds: FieldKinds },
  { take, resolve }: Decisions,
): PackMerge {
  const conflicts: MergeConflict[] = []
  const decide = (pointer: string) => resolve?.get(pointer) ?? take ?? null
  const renewed = new Set(packs.renewed.map(({ folder }) => folder.name))
  const merged = packs.renewed.flatMap((renewal) => mergePack(standing, renewal, { decide, conflicts }))
  const brought = packs.fresh.flatMap(sourcesOf)
  const rest = standing.filter(({ pack }) => pack === undefined || !renewed.has(pack))
  const whole = mergeReplacements(standing, [...merged, ...brought, ...rest], { decide, conflicts })
  const parsed = whole.map((source) => parseMerged(source, { standing: new Set(standing), kinds: packs.kinds }))
  return {
    whole: parsed.map(({ source }) => source),
    conflicts,
    issues: [
      ...[...packs.renewed.map(({ folder }) => folder), ...packs.fresh].flatMap((folder) =>
        ownIssues(standing, folder),
      ),
      ...parsed.flatMap(({ issues }) => issues),
      ...idleDecisions(conflicts, resolve),
    ],
  }
}

function mergePack(
  standing: readonly SourcedDefinition[],
  { folder, base }: Renewal,
  merging: Omit<Merging, 'pointer'>,
): readonly SourcedDefinition[] {
  const pack = folder.name
  const sides = {
    base: byKey(base),
    mine: byKey(standing.filter((source) => source.pack === pack).map(({ definition }) => definition)),
    theirs: byKey(folder.definitions),
  }
  return [...new Set([...sides.mine.keys(), ...sides.theirs.keys()])].flatMap((key): readonly SourcedDefinition[] => {
    const three = {
      base: json(sides.base.get(key)),
      mine: json(sides.mine.get(key)),
      theirs: json(sides.theirs.get(key)),
    }
    const merged = mergeThree(three, { ...merging, pointer: key })
    return merged === undefined ? [] : [{ definition: merged as unknown as Definition, pack }]
  })
}

function byKey(definitions: readonly Definition[]): ReadonlyMap<string, Definition> {
  return new Map(definitions.map((definition) => [jsonPointer(definition.kind, nameOf(definition)), definition]))
}

/** Definitions are JSON. */
function json(definition: Definition | undefined): Json | undefined {
  return definition as unknown as Json | undefined
}

/** What was put together from two sides passes the schema like anything else. */
function parseMerged(
  source: SourcedDefinition,
  { standing, kinds }: { readonly standing: ReadonlySet<SourcedDefinition>; readonly kinds: FieldKinds },
): { readonly source: SourcedDefinition; readonly issues: readonly Issue[] } {
  if (standing.has(source)) return { source, issues: [] }
  const parsed = parseDefinition(source.definition, kinds)
  const at = jsonPointer(source.definition.kind, nameOf(source.definition))
  return parsed.ok
    ? { source: { ...source, definition: parsed.value }, issues: [] }
    : { source, issues: parsed.problem.map((issue) => ({ ...issue, pointer: at + issue.pointer })) }
}

/** A pack that cannot be read, uses names of the workspace, or takes a name that somebody else has. */
function ownIssues(standing: readonly SourcedDefinition[], folder: PackFolder): readonly Issue[] {
  const before = setOf(standing)
  const read = folder.issues.map((issue) => ({ ...issue, pointer: jsonPointer(folder.name) + issue.pointer }))
  const taken = sourcesOf(folder).flatMap((source): readonly Issue[] => {
    const key = keyOf(source)
    const owner = source.definition.name === undefined ? undefined : definingPack(before, key)
    if (owner === undefined || owner === folder.name) return []
    return [{ pointer: jsonPointer(key.kind, key.name), code: 'name-taken', params: { name: key.name } }]
  })
  return [...read, ...sourcesOf(folder).flatMap(workspacePrefix), ...taken]
}

/** A decision about a place without a conflict is a mistake of whoever decided. */
function idleDecisions(conflicts: readonly MergeConflict[], resolve: Decisions['resolve']): readonly Issue[] {
  const known = new Set(conflicts.map(({ pointer }) => pointer))
  return [...(resolve?.keys() ?? [])]
    .filter((pointer) => !known.has(pointer))
    .map((pointer) => ({ pointer, code: 'upgrade-no-conflict' }))
}

export function sourcesOf(folder: PackFolder): readonly SourcedDefinition[] {
  return folder.definitions.map((definition) => ({ definition, pack: folder.name }))
}

/** The folder says what the pack said when it came. */
export function isAsItCame({ folder, base }: Renewal): boolean {
  const hashes = (definitions: readonly Definition[]) =>
    definitions
      .map((definition) => `${keyText(keyOf({ definition }))} ${hashDefinition(definition)}`)
      .sort()
      .join('\n')
  return hashes(folder.definitions) === hashes(base)
}
