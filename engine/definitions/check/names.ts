/** Names that are taken twice, belong to the system, or use the prefix of the workspace in a pack. */
import { isObject, type Json } from '#base/json.ts'
import { reservedFields } from '#base/names.ts'
import type { Issue } from '#base/problems.ts'
import type { SourcedDefinition } from '../definition.ts'
import { systemPack } from '../system/forms.ts'
import { type Check, type Checking, error } from './checking.ts'
import { placedFields } from './each-field.ts'

export const checkNames: Check = (checking) => [
  ...systemNames(checking),
  ...checking.model.sources.flatMap((source) => [...workspacePrefix(source), ...duplicates(source)]),
]

function systemNames({ model }: Checking): readonly Issue[] {
  const fields = placedFields(model).filter(({ field }) => reservedFields.has(field.name))
  const roles = [...model.roles.keys()].filter((name) => name === 'admin' || name === 'builder')
  return [
    ...fields.map(({ field, pointer }) => error(pointer, 'system-name', { name: field.name })),
    ...roles.map((name) => error(`/role/${name}`, 'system-name', { name })),
  ]
}

/** `x_…` belongs to the workspace, so that a pack's upgrade never collides with a local addition. */
export function workspacePrefix({ definition, pack }: SourcedDefinition): readonly Issue[] {
  if (pack === undefined || pack === systemPack) return []
  const names = [{ name: definition.name ?? '', pointer: '' }, ...namesIn(definition as unknown as Json, '')]
  return names
    .filter(({ name }) => name.startsWith('x_'))
    .map(({ name, pointer }) => error(baseOf(definition) + pointer, 'workspace-prefix', { name, pack }))
}

function baseOf(definition: SourcedDefinition['definition']): string {
  const name = definition.name ?? ('extends' in definition ? definition.extends : '')
  return `/${definition.kind}/${name}`
}

interface Named {
  readonly name: string
  readonly pointer: string
}

/** Names of members of arrays, anywhere below. */
function namesIn(value: Json, pointer: string): readonly Named[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => memberNames(item, index, pointer))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]) => namesIn(child, `${pointer}/${key}`))
}

function memberNames(item: Json, index: number, pointer: string): readonly Named[] {
  const name = isObject(item) ? (item.name ?? item.id) : undefined
  if (typeof name !== 'string') return namesIn(item, `${pointer}/${index}`)
  return [{ name, pointer: `${pointer}/${name}` }, ...namesIn(item, `${pointer}/${name}`)]
}

/** Two members of one array with the same name. Fields and what extensions add are caught while merging. */
function duplicates({ definition }: SourcedDefinition): readonly Issue[] {
  const seen = new Set<string>()
  const issues: Issue[] = []
  for (const { name, pointer } of namesIn(definition as unknown as Json, '')) {
    if (seen.has(pointer)) issues.push(error(baseOf(definition) + pointer, 'name-taken', { name }))
    seen.add(pointer)
  }
  return issues
}
