/** What one stream holds for a client that does not read, and how it catches up. */
import { expect, it } from 'vitest'
import type { RecordContext } from '#records/context.ts'
import { Cursors } from './cursor.ts'
import { EventLog } from './event-log.ts'
import { LiveStream } from './stream.ts'

function open(rights = () => 'same') {
  const log = new EventLog(10_000)
  const records = {} as RecordContext
  const stream = new LiveStream({
    log,
    cursors: new Cursors(),
    now: () => 0,
    subscriber: { id: 'ada', rights: 'same', again: async () => ({ records, rights: rights() }) },
    lastEventId: null,
  })
  return { log, stream }
}

/** Everything that waits, as text. */
const taken = (stream: LiveStream): string => String(stream.read() ?? '')

it('holds a bounded amount for who does not read, and starts them anew once they do', async () => {
  const { log, stream } = open()
  let wanted = 0
  stream.on('wanting', () => {
    wanted += 1
  })
  for (let revision = 0; revision < 5_000; revision += 1) {
    log.push({ kind: 'revision', revision })
    await stream.advance()
    stream.beat()
    if (stream.over) break
  }
  expect(stream.readableLength).toBeLessThan(66_000)
  expect([stream.over, wanted]).toEqual([true, 0])
})

it('tells who reads again to look at everything, then goes on', async () => {
  const { log, stream } = open()
  for (let revision = 0; revision < 3_000; revision += 1) {
    log.push({ kind: 'revision', revision })
    await stream.advance()
  }
  const held = taken(stream)
  expect(held).toContain('{"revision":0}')
  expect(held).not.toContain('{"revision":2999}')
  await new Promise((resolve) => setImmediate(resolve))
  await stream.advance()
  expect(taken(stream)).toContain('event: resync')
  log.push({ kind: 'revision', revision: 3_000 })
  await stream.advance()
  expect(taken(stream)).toContain('{"revision":3000}')
})

it('tells a gap as a new start, and events of one moment once', async () => {
  const { log, stream } = open()
  taken(stream)
  for (const revision of [1, 2, 3]) log.push({ kind: 'revision', revision })
  await stream.advance()
  expect(taken(stream).match(/event: revision/g)).toHaveLength(1)
  log.push({ kind: 'gap' })
  await stream.advance()
  expect(taken(stream)).toContain('event: resync')
})

it('ends before it tells anything under other rights', async () => {
  let rights = 'same'
  const { log, stream } = open(() => rights)
  taken(stream)
  rights = 'others'
  log.push({ kind: 'revision', revision: 1 })
  await stream.advance()
  expect([stream.over, taken(stream)]).toEqual([true, ''])
})

it('cuts off who does not even read the end', async () => {
  let rights = 'same'
  const { stream } = open(() => rights)
  rights = 'others'
  await stream.check()
  expect([stream.over, stream.destroyed]).toEqual([true, false])
  for (let beats = 0; beats < 4; beats += 1) stream.beat()
  expect(stream.destroyed).toBe(true)
})
