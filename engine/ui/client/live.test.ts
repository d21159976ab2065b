/** Which pages look again after which events. */
import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { buildModel } from '#definitions/build-model.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { tradeForms } from '#tests/support/trade.ts'
import { type RecordEvent, refresh } from './live.ts'

const built = buildModel(tradeForms, fieldKinds, 1)
if (!built.ok) throw new Error('the sample does not build')
const model = built.value

function stale(events: readonly RecordEvent[]): readonly string[] {
  const client = new QueryClient()
  const keys = [
    ['records', 'order', 'list'],
    ['records', 'order', 'record', 'a'],
    ['records', 'order', 'record', 'b'],
    ['records', 'order', 'history', 'a'],
    ['records', 'customer', 'list'],
    ['records', 'customer', 'record', 'c'],
    ['records', 'payment', 'list'],
    ['app'],
  ]
  for (const key of keys) client.setQueryData(key, { version: 3 })
  refresh(client, model, events)
  return client
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => queryKey.join('/'))
}

it('a changed record makes itself, its lists and the lists that sum it up look again', () => {
  expect(stale([{ form: 'order', id: 'a', version: 4, verb: 'update' }])).toEqual([
    'records/order/list',
    'records/order/record/a',
    'records/order/history/a',
    'records/customer/list',
  ])
})

it('what this page wrote itself is not asked for again', () => {
  expect(stale([{ form: 'order', id: 'a', version: 3, verb: 'update' }])).not.toContain('records/order/record/a')
})

it('a deleted record keeps its page, so that nothing typed is lost', () => {
  expect(stale([{ form: 'order', id: 'a', version: 4, verb: 'delete' }])).not.toContain('records/order/record/a')
})
