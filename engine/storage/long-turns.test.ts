/** Whose long read is next when all places are taken. */
import { expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { LongTurns } from './long-turns.ts'

function turns(limits = { most: 2, mostWaiting: 3 }) {
  const taken = new LongTurns(limits)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (name: string, caller = name.split(' ')[0] as string) =>
    taken.take(caller, () => {
      begun.push(name)
      return new Promise<string>((end) => ends.set(name, () => end(name)))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, ask, end }
}

it('runs so many at once, and gives a free place to who has the fewest, then to who came first', async () => {
  const { begun, ask, end } = turns()
  const all = ['ada 1', 'ada 2', 'ada 3', 'ada 4', 'bob 1', 'ada 5'].map((name) => ask(name))
  await end('')
  expect(begun).toEqual(['ada 1', 'ada 2'])
  await end('ada 1')
  expect(begun).toEqual(['ada 1', 'ada 2', 'bob 1'])
  await end('ada 2')
  expect(begun.at(-1)).toBe('ada 3')
  await end('bob 1')
  expect(begun.at(-1)).toBe('ada 4')
  for (const name of ['ada 3', 'ada 4', 'ada 5']) await end(name)
  expect(await Promise.all(all)).toHaveLength(6)
  const last = ask('bob 2')
  await end('')
  await end('bob 2')
  expect(await last).toBe('bob 2')
})

it('lets no caller fill the queue for the others', async () => {
  const { begun, ask, end } = turns()
  const held = [1, 2, 3, 4, 5].map((number) => ask(`ada ${number}`))
  await expect(ask('ada 6')).rejects.toThrow(Refusal)
  held.push(ask('bob 1'))
  await end('ada 1')
  expect(begun).toEqual(['ada 1', 'ada 2', 'bob 1'])
  for (const name of ['ada 2', 'bob 1', 'ada 3', 'ada 4', 'ada 5']) await end(name)
  await Promise.all(held)
})

it('gives a place back when the work fails', async () => {
  const taken = new LongTurns({ most: 1, mostWaiting: 1 })
  await expect(taken.take('ada', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await taken.take('bob', async () => 'done')).toBe('done')
})
