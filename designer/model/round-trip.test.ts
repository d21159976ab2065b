import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '#definitions/definition.ts'
import { orderForm } from '../commands/samples.ts'
import { faultsOf } from './faults.ts'
import { fromDefinition } from './from-definition.ts'
import { toDefinition } from './to-definition.ts'

const templates = fileURLToPath(new URL('../../templates', import.meta.url))
const packForms = readdirSync(templates, { recursive: true, encoding: 'utf8' })
  .filter((path) => /forms[\\/][^\\/]+\.json$/.test(path))
  .map((path): [string, FormDefinition] => [
    path,
    JSON.parse(readFileSync(join(templates, path), 'utf8')) as FormDefinition,
  ])
  .filter(([, form]) => form.name !== undefined)

describe('toDefinition(fromDefinition(d)) = d', () => {
  it('finds the forms of the templates', () => expect(packForms.length).toBeGreaterThan(20))

  it.each(packForms)('%s', (_path, form) => {
    expect(toDefinition(fromDefinition(form))).toEqual(form)
    expect(faultsOf(fromDefinition(form))).toEqual([])
  })

  it('for random forms', () => {
    fc.assert(
      fc.property(forms(), (form) => {
        const document = fromDefinition(form)
        expect(faultsOf(document)).toEqual([])
        expect(toDefinition(JSON.parse(JSON.stringify(document)))).toEqual(form)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a form without a layout without one', () => {
    const { layout: _layout, ...bare } = orderForm
    expect(toDefinition(fromDefinition(bare))).toEqual(bare)
  })
})

it('gives the same ids for the same definition, so that a kept history fits', () => {
  expect(fromDefinition(orderForm)).toEqual(fromDefinition(structuredClone(orderForm)))
})

function forms(): fc.Arbitrary<FormDefinition> {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
  const text = fc.oneof(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.record({ en: fc.string({ minLength: 1, maxLength: 8 }), 'zh-CN': fc.constantFrom('客户', '金额') }),
  )
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
  const field = fc.record({
    name,
    type: fc.constantFrom('text', 'money', 'link'),
    label: optional(text),
    required: optional(fc.boolean()),
    scale: optional(fc.nat(4)),
  })
  const table = fc.record({
    name,
    type: fc.constant('table'),
    label: optional(text),
    fields: fc.uniqueArray(field, { selector: (one) => one.name, maxLength: 3 }),
  })
  const fields = fc.uniqueArray(fc.oneof(field, table), { selector: (one) => one.name, maxLength: 6 })
  return fields.chain((known) => {
    const names = known.length > 0 ? known.map((one) => one.name) : ['gone']
    const item = fc.oneof(
      fc.record({ field: fc.constantFrom(...names, 'unknown_one'), span: optional(fc.integer({ min: 1, max: 6 })) }),
      fc.record({ id: name, text }),
      fc.record({ panel: fc.constantFrom('tasks' as const, 'timeline' as const) }),
    )
    const section = fc.record({
      id: name,
      label: optional(text),
      columns: optional(fc.integer({ min: 1, max: 6 })),
      items: fc.array(item, { maxLength: 4 }),
    })
    const tab = fc.record({ id: name, label: optional(text), sections: fc.array(section, { maxLength: 3 }) })
    const layout = fc.record({
      tabs: fc.array(tab, { maxLength: 3 }),
      as: optional(fc.constant('steps' as const)),
      aside: optional(fc.constant([{ panel: 'tasks' as const }])),
    })
    return fc
      .record({
        kind: fc.constant('form' as const),
        name,
        label: optional(text),
        fields: fc.constant(known),
        layout: optional(layout),
      })
      .map((form) => withoutAbsent(form) as unknown as FormDefinition)
  })
}

function withoutAbsent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
