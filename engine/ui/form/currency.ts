/** The currency that a money field shows: a code, a field, a field of the parent, or the workspace's. */
import type { FieldModel } from '#definitions/model.ts'

export type ReadField = (name: string, of: 'record' | 'parent') => unknown

export function currencyOf(field: FieldModel, read: ReadField, fallback: string): string | undefined {
  if (field.kind.name !== 'money') return undefined
  const named = field.definition['currency']
  if (typeof named !== 'string' || named === '') return fallback
  if (/^[A-Z]{3}$/.test(named)) return named
  const parent = named.startsWith('$parent.')
  const value = read(parent ? named.slice('$parent.'.length) : named, parent ? 'parent' : 'record')
  return typeof value === 'string' && value !== '' ? value : fallback
}
