import { expect, it } from 'vitest'
import type { ViewDefinition } from '#definitions/definition.ts'
import { tabsOf } from './view-order.ts'

const view = (name: string, more: Partial<ViewDefinition> = {}): ViewDefinition => ({
  kind: 'view',
  form: 'order',
  type: 'list',
  name,
  ...more,
})

it("shows everything first, then what is one's own, then other lists, boards and calendars", () => {
  const views = [
    view('days', { type: 'calendar' }),
    view('board', { type: 'board' }),
    view('late', { filter: { '<': [{ var: 'due' }, { var: '$today' }] } }),
    view('mine', { filter: { '==': [{ var: 'owner' }, { var: '$user.id' }] } }),
    view('by_city', { group: 'city' }),
    view('every'),
    view('elsewhere', { form: 'customer' }),
    view('portal', { type: 'public' }),
  ]
  expect(tabsOf(views, 'order').map(({ name }) => name)).toEqual(['every', 'mine', 'late', 'by_city', 'board', 'days'])
})
