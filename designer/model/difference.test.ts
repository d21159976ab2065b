import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormDefinition, FormExtension, SourcedDefinition } from '#definitions/definition.ts'
import { mergeExtensions } from '#definitions/merge/merge-extensions.ts'
import { applyPatch } from '../commands/change.ts'
import { type Command, runCommand } from '../commands/command.ts'
import { find, item, orderForm, sampleKinds } from '../commands/samples.ts'
import { publicationOf } from './difference.ts'
import type { FormDocument } from './document.ts'
import { fromDefinition } from './from-definition.ts'
import { provenanceOf, publishedForm } from './sources.ts'
import { toDefinition } from './to-definition.ts'

const published = publishedForm({
  revision: 3,
  definition: orderForm,
  sources: [{ definition: orderForm, pack: 'sales' }],
})
const start = fromDefinition(orderForm, provenanceOf(published))

describe('what is published for a form of a pack', () => {
  it('is nothing when nothing changed, and takes an extension away that says nothing any more', () => {
    expect(publicationOf(orderForm, orderForm, null)).toEqual({ put: null, remove: false })
    expect(publicationOf(orderForm, orderForm, { kind: 'form', extends: 'order', fields: [] })).toEqual({
      put: null,
      remove: true,
    })
  })

  it('is an extension with the new field and the new layout; the pack’s fields are not in it', () => {
    const edited = toDefinition(
      run(start, { do: 'add-field', kind: 'text', place: { parent: find(start, 'head'), index: 0 } }),
    )
    const { put } = publicationOf(edited, orderForm, null)
    expect(put).toMatchObject({ kind: 'form', extends: 'order', fields: [{ name: 'x_text_1' }] })
    expect(Object.keys((put as FormExtension).replaces ?? {})).toEqual(['layout'])
  })

  it('amends a table that grew, and replaces a field that changed', () => {
    const grown = run(start, { do: 'add-field', kind: 'text', place: { parent: find(start, 'lines'), index: 2 } })
    expect(publicationOf(toDefinition(grown), orderForm, null).put).toMatchObject({
      fields: [{ name: 'lines', fields: [{ name: 'x_text_1' }] }],
    })
    const required = run(start, { do: 'set-property', id: find(start, 'note'), name: 'required', value: true })
    expect(publicationOf(toDefinition(required), orderForm, null).put).toEqual({
      kind: 'form',
      extends: 'order',
      replaces: { fields: [{ ...orderForm.fields[3], required: true }] },
    })
  })

  it('keeps the checks that the workspace added before', () => {
    const before: FormExtension = {
      kind: 'form',
      extends: 'order',
      checks: [{ name: 'x_positive', assert: true, message: 'Positive' }],
    }
    expect(publicationOf(orderForm, orderForm, before)).toEqual({ put: before, remove: false })
  })

  it('a form of the workspace is published whole', () => {
    expect(publicationOf(orderForm, null, null)).toEqual({ put: orderForm, remove: false })
  })
})

it('merge(packs, difference) = edited, after any run of commands', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(100)), { maxLength: 15 }), (steps) => {
      const document = steps.reduce((before, [which, seed]) => step(before, which, seed), start)
      const edited = toDefinition(document)
      const { put } = publicationOf(edited, orderForm, null)
      const merged = merge([{ definition: orderForm, pack: 'sales' }, ...(put ? [{ definition: put }] : [])])
      expect(byName(merged)).toEqual(byName(edited))
    }),
    { numRuns: 200 },
  )
})

describe('who published a field', () => {
  it('packs own what they ship, the workspace what it added, nobody what is new', () => {
    const extension: FormExtension = { kind: 'form', extends: 'order', fields: [{ name: 'x_level', type: 'text' }] }
    const sources = [{ definition: orderForm, pack: 'sales' }, { definition: extension }]
    const form = publishedForm({ revision: 4, definition: merge(sources), sources })
    expect(form.packs).toEqual(orderForm)
    expect(form.extension).toEqual(extension)
    const { owner, packed } = provenanceOf(form)
    expect([packed, owner('number'), owner('lines/product'), owner('x_level'), owner('other')]).toEqual([
      true,
      'pack',
      'pack',
      'workspace',
      null,
    ])
  })
})

function step(document: FormDocument, which: number, seed: number): FormDocument {
  const ids = Object.keys(document.nodes)
  const id = ids[seed % ids.length] ?? ''
  const commands: readonly Command[] = [
    { do: 'add-field', kind: 'text', place: { parent: find(document, 'lines'), index: 99 } },
    { do: 'add-field', kind: 'money', place: { parent: id, index: seed % 3 } },
    { do: 'set-label', id, language: 'en', text: `Label ${seed}` },
    { do: 'move', id, place: { parent: ids[(seed * 7) % ids.length] ?? '', index: seed % 4 } },
    { do: 'hide', id },
    { do: 'remove', id },
    { do: 'set-property', id, name: 'required', value: true },
  ]
  const answer = runCommand(document, commands[which] as Command, { kinds: sampleKinds })
  return answer.ok ? applyPatch(document, answer.value.patch) : document
}

function run(document: FormDocument, command: Command): FormDocument {
  const answer = runCommand(document, command, { kinds: sampleKinds })
  if (!answer.ok) throw new Error(answer.problem.code)
  return applyPatch(document, answer.value.patch)
}

function merge(sources: readonly SourcedDefinition[]): FormDefinition {
  const merged = mergeExtensions(sources, { reach: new Map() })
  expect(merged.issues).toEqual([])
  return merged.definitions[0] as FormDefinition
}

/** Fields by name: their order is not part of the law. */
function byName(form: FormDefinition): unknown {
  return JSON.parse(
    JSON.stringify({ ...form, fields: Object.fromEntries(form.fields.map((field) => [field.name, field])) }),
  )
}

it('the sample shows a table', () => {
  expect(item(start, 'lines')).toBeDefined()
})
