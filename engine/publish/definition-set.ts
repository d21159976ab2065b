/** The definitions of a revision as a set: each by kind, name and pack; what is put, removed and thereby changed. */
import { jsonPointer } from '#base/json-pointer.ts'
import type { Issue } from '#base/problems.ts'
import { hashDefinition } from '#definitions/canonical.ts'
import type { Definition, DefinitionKind, SourcedDefinition } from '#definitions/definition.ts'

export interface DefinitionKey {
  readonly kind: DefinitionKind
  /** Of an extension: what it extends. */
  readonly name: string
  /** Absent or null: the workspace's own. */
  readonly pack?: string | null
}

/** What happened to one definition; both absent never. */
export interface DefinitionChange {
  readonly key: DefinitionKey
  readonly before?: Definition
  readonly after?: Definition
}

export type DefinitionSet = ReadonlyMap<string, SourcedDefinition>

export function keyOf({ definition, pack }: SourcedDefinition): DefinitionKey {
  return { kind: definition.kind, name: nameOf(definition), pack: pack ?? null }
}

/** An extension goes by the name of what it extends. */
export function nameOf(definition: Definition): string {
  return (
    definition.name ?? ('extends' in definition && typeof definition.extends === 'string' ? definition.extends : '')
  )
}

export function keyText({ kind, name, pack }: DefinitionKey): string {
  return `${kind}/${name}/${pack ?? ''}`
}

export function setOf(sources: readonly SourcedDefinition[]): DefinitionSet {
  return new Map(sources.map((source) => [keyText(keyOf(source)), source]))
}

/** The pack that defines (not extends) a thing of this name; undefined: nobody does; null: the workspace. */
export function definingPack(set: DefinitionSet, key: DefinitionKey): string | null | undefined {
  for (const { definition, pack } of set.values()) {
    if (definition.kind === key.kind && definition.name === key.name) return pack ?? null
  }
  return undefined
}

/** Replaces, adds and removes. Issues: a key to remove that is not there. */
export function changeSet(
  set: DefinitionSet,
  change: { readonly put: readonly SourcedDefinition[]; readonly remove: readonly DefinitionKey[] },
): { readonly set: DefinitionSet; readonly issues: readonly Issue[] } {
  const next = new Map(set)
  const issues = change.remove.flatMap((key): readonly Issue[] =>
    next.delete(keyText(key))
      ? []
      : [
          {
            pointer: jsonPointer(key.kind, key.name),
            code: 'not-published',
            params: { kind: key.kind, name: key.name },
          },
        ],
  )
  for (const source of change.put) next.set(keyText(keyOf(source)), source)
  return { set: next, issues }
}

/** In the order of the later set, what went at the end. */
export function changesBetween(before: DefinitionSet, after: DefinitionSet): readonly DefinitionChange[] {
  const put = [...after].flatMap(([text, source]): readonly DefinitionChange[] => {
    const was = before.get(text)
    if (was && hashDefinition(was.definition) === hashDefinition(source.definition)) return []
    return [{ key: keyOf(source), after: source.definition, ...(was ? { before: was.definition } : {}) }]
  })
  const gone = [...before]
    .filter(([text]) => !after.has(text))
    .map(([, source]) => ({ key: keyOf(source), before: source.definition }))
  return [...put, ...gone]
}
