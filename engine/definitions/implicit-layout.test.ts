import { expect, it } from 'vitest'
import { implicitLayout } from './implicit-layout.ts'

it('shows every field once, tables in sections of their own', () => {
  const layout = implicitLayout({
    label: 'Order',
    fields: [
      { name: 'number', type: 'text' },
      { name: 'lines', type: 'table', label: 'Lines', fields: [{ name: 'a', type: 'text' }] },
      { name: 'note', type: 'text' },
    ],
  })
  expect(layout).toEqual({
    tabs: [
      {
        id: 'main',
        label: 'Order',
        sections: [
          { id: 'fields', columns: 2, items: [{ field: 'number' }, { field: 'note' }] },
          { id: 'table_lines', label: 'Lines', items: [{ field: 'lines' }] },
        ],
      },
    ],
  })
})

it('has no empty section', () => {
  expect(implicitLayout({ fields: [] })).toEqual({ tabs: [{ id: 'main', sections: [] }] })
})
