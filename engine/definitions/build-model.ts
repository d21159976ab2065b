/**
 * Definitions → the interpreted whole: system forms added, extensions merged in pack order, fields typed, links and roll-ups seen from both ends.
 * Fails only where no whole can be built (a name taken, a base missing, an unknown kind, an extension that changes); the rest is `checkModel`'s.
 */
import type { Issue } from '#base/problems.ts'
import { fail, ok, type Result } from '#base/result.ts'
import { sha256 } from '#base/sha256.ts'
import { buildForms } from './build-forms.ts'
import { hashDefinition } from './canonical.ts'
import type { Definition, FormDefinition, PackDefinition, SourcedDefinition } from './definition.ts'
import type { FieldKinds } from './field-kind.ts'
import { mergeExtensions } from './merge/merge-extensions.ts'
import { mergeMenu } from './merge/merge-menu.ts'
import type { Model } from './model.ts'
import { inPackOrder, packOrder } from './pack-order.ts'
import { systemDefinitions } from './system/forms.ts'

/**
 * A definition may come with the pack that ships it (`{ definition, pack }`); without, it is the workspace's and merges after those of packs.
 * The order given never matters: the same definitions with the same packs give the same model and `hash`.
 */
export function buildModel(
  definitions: readonly (Definition | SourcedDefinition)[],
  kinds: FieldKinds,
  revision: number,
): Result<Model, readonly Issue[]> {
  const given = [...systemDefinitions, ...definitions.map(sourced)]
  const order = packOrder(given.flatMap(({ definition }) => (definition.kind === 'pack' ? [definition] : [])))
  const sources = inPackOrder(given, order.order)
  const whole = mergeExtensions(sources, order)
  const forms = buildForms(
    definitionsOf(whole.definitions, 'form') as ReadonlyMap<string, FormDefinition>,
    whole.definitions,
    kinds,
  )
  const issues = [...order.issues, ...whole.issues, ...forms.issues]
  if (issues.length > 0) return fail(issues)
  return ok(assemble({ revision, kinds, sources, packOrder: order.order }, forms.forms, whole.definitions))
}

type Base = Pick<Model, 'revision' | 'kinds' | 'sources'> & { readonly packOrder: readonly string[] }

function assemble(
  { packOrder: order, ...base }: Base,
  forms: Model['forms'],
  definitions: readonly Definition[],
): Model {
  const packs = definitionsOf(definitions, 'pack')
  const ordered = order.flatMap((name): PackDefinition[] =>
    packs.has(name) ? [packs.get(name) as PackDefinition] : [],
  )
  return {
    ...base,
    hash: hashSources(base.sources),
    forms,
    roles: definitionsOf(definitions, 'role') as Model['roles'],
    views: definitionsOf(definitions, 'view'),
    lifecycles: definitionsOf(definitions, 'lifecycle'),
    flows: definitionsOf(definitions, 'flow'),
    reports: definitionsOf(definitions, 'report'),
    dashboards: definitionsOf(definitions, 'dashboard'),
    prints: definitionsOf(definitions, 'print'),
    calendars: definitionsOf(definitions, 'calendar'),
    packs,
    menu: mergeMenu(ordered),
  }
}

function sourced(given: Definition | SourcedDefinition): SourcedDefinition {
  return 'definition' in given ? (given as SourcedDefinition) : { definition: given as Definition }
}

function definitionsOf<K extends Definition['kind']>(
  definitions: readonly Definition[],
  kind: K,
): ReadonlyMap<string, Extract<Definition, { kind: K }>> {
  const found = definitions.filter(
    (definition): definition is Extract<Definition, { kind: K }> => definition.kind === kind,
  )
  return new Map(found.map((definition) => [definition.name as string, definition]))
}

function hashSources(sources: readonly SourcedDefinition[]): string {
  return sha256(
    sources
      .map(({ definition, pack }) => `${pack ?? ''} ${hashDefinition(definition)}`)
      .sort()
      .join('\n'),
  )
}
