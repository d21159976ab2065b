/** The columns of a grid share its width: figures are whole, text takes the rest, and only then does it scroll. */
import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '#definitions/definition.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { modelOfForms } from '../client/readable-model.ts'
import { type ColumnContent, planColumns } from './grid-columns.ts'

const form: FormDefinition = {
  kind: 'form',
  name: 'order',
  fields: [
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'price', type: 'money' },
        { name: 'due', type: 'date' },
      ],
    },
  ],
}
const { programOf } = modelOfForms([form], { kinds: fieldKinds, revision: 1, views: [] })
const columns = [...(programOf('order').program.fields.get('lines')?.columns?.values() ?? [])]
const contents: readonly ColumnContent[] = columns.map((column) => ({
  column,
  label: column.field.name,
  texts:
    column.field.name === 'name'
      ? ['Curtain rail, long, motor driven']
      : column.field.name === 'price'
        ? ['1,234,567.00']
        : ['7 Dec 2026'],
}))

describe('planColumns', () => {
  it('fills the place, and gives what is left over to text', () => {
    const { widths, scrolls } = planColumns(contents, 900)
    expect(scrolls).toBe(false)
    expect(Math.round(widths.reduce((sum, one) => sum + one, 0))).toBe(900)
    expect(widths[0]).toBeGreaterThan(600)
  })

  it('cuts text before figures', () => {
    const { widths, scrolls } = planColumns(contents, 320)
    expect(scrolls).toBe(false)
    expect(widths[1]).toBeGreaterThan(100)
    expect(widths[0]).toBeLessThan(130)
  })

  it('scrolls when even the least is too much', () => {
    expect(planColumns(contents, 200).scrolls).toBe(true)
  })
})
