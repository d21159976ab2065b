import { expect, it } from 'vitest'
import type { Surroundings } from '#expressions/expression.ts'
import { surroundingsKey, type Taken, watchSurroundings } from './watch-surroundings.ts'

const around: Surroundings = {
  now: '2026-11-22T08:00:00.000Z',
  today: '2026-11-22',
  zone: 'UTC',
  user: { id: 'u1', team: null, roles: ['a', 'b'], limit: null },
}

function taking(look: (watched: Surroundings) => unknown): Taken {
  const taken: Taken = new Set()
  look(watchSurroundings(around, taken))
  return taken
}

it('gives what it watches, unchanged', () => {
  const watched = watchSurroundings(around, new Set())
  expect({ now: watched.now, today: watched.today, zone: watched.zone, id: watched.user?.['id'] }).toEqual({
    now: around.now,
    today: around.today,
    zone: 'UTC',
    id: 'u1',
  })
  expect(watchSurroundings({ ...around, user: null }, new Set()).user).toBeNull()
})

it('makes callers alike who are alike in what was taken, and in nothing else', () => {
  const byId = taking((watched) => watched.user?.['id'])
  const other = { ...around, user: { ...around.user, team: 't1' } }
  expect(surroundingsKey(other, byId)).toBe(surroundingsKey(around, byId))
  const byTeam = taking((watched) => watched.user?.['team'])
  expect(surroundingsKey(other, byTeam)).not.toBe(surroundingsKey(around, byTeam))
  expect(surroundingsKey({ ...around, user: null }, byId)).not.toBe(surroundingsKey(around, byId))
  expect(surroundingsKey({ ...around, today: '2026-11-23' }, byId)).toBe(surroundingsKey(around, byId))
  expect(
    surroundingsKey(
      { ...around, today: '2026-11-23' },
      taking((watched) => watched.today),
    ),
  ).not.toBe(
    surroundingsKey(
      around,
      taking((watched) => watched.today),
    ),
  )
})

it('tells values of different kinds apart, and one value from two', () => {
  const keys = [null, 'null', '', 1, '1', true, 'true', ['a', 'b'], ['a"b'], '["a","b"]'].map((value) =>
    surroundingsKey(
      { ...around, user: { x: value } },
      taking((watched) => watched.user?.['x']),
    ),
  )
  expect(new Set(keys).size).toBe(keys.length)
  const both = taking((watched) => [watched.user?.['x'], watched.user?.['y']])
  const key = (x: string, y: string) => surroundingsKey({ ...around, user: { x, y } }, both)
  expect(key('a', 'bc')).not.toBe(key('ab', 'c'))
})

it('has no key for what took the moment, or looked through the whole user', () => {
  expect(
    surroundingsKey(
      around,
      taking((watched) => watched.now),
    ),
  ).toBeNull()
  expect(
    surroundingsKey(
      around,
      taking((watched) => Object.keys(watched.user ?? {})),
    ),
  ).toBeNull()
  expect(
    surroundingsKey(
      around,
      taking((watched) => 'id' in (watched.user ?? {})),
    ),
  ).toBeNull()
  expect(
    surroundingsKey(
      around,
      taking(() => null),
    ),
  ).toBe('')
})
