import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id } from '#tests/support/storage-model.ts'
import type { ChangeInput } from './change-input.ts'
import { appendChange, changesOf, verifyChanges } from './change-log.ts'
import { applyPatch, diffValues, reversed } from './change-patch.ts'
import type { Database } from './database.ts'
import { beginIdempotent, finishIdempotent, forgetIdempotent } from './idempotency.ts'
import { currentRevision, listRevisions, loadDefinitions, saveRevision } from './revision-store.ts'
import { nextNumber, raiseNumber } from './sequences.ts'

const change = (number: number, more: Partial<ChangeInput> = {}): ChangeInput => ({
  form: 'order',
  record: id(1),
  version: number,
  actor: id(99),
  cause: { write: 'update' },
  at: '2026-11-22T05:26:00.000Z',
  before: number === 1 ? null : { name: `客户 ${number - 1}`, total: '1.00' },
  after: { name: `客户 ${number}`, total: '1.00' },
  ...more,
})
const key = { form: 'order', field: 'number', scope: '', period: '2026', gapless: true }
const request = { principal: 'u1', route: 'POST /orders', key: 'k', bodyHash: 'h' }

onEachDatabase('the change log', (kind) => {
  async function written(): Promise<Database> {
    const database = await freshDatabase(kind)
    for (const number of [1, 2, 3]) await database.write((db) => appendChange(db, change(number)))
    await database.write((db) =>
      appendChange(
        db,
        change(1, { record: id(2), actor: null, onBehalf: id(98), after: { lines: [{ id: id(5), n: 1 }] } }),
      ),
    )
    return database
  }

  it('keeps what changed, who and why, newest first, page by page', async () => {
    const database = await written()
    const changes = await database.read((db) => changesOf(db, { form: 'order', record: id(1) }, { limit: 2 }))
    expect(changes.map(({ seq, ...rest }) => [typeof seq, rest])).toEqual(
      [3, 2].map((version) => [
        'number',
        {
          form: 'order',
          record: id(1),
          version,
          actor: id(99),
          onBehalf: null,
          cause: { write: 'update' },
          at: '2026-11-22T05:26:00.000Z',
          patch: { name: { before: `客户 ${version - 1}`, after: `客户 ${version}` } },
        },
      ]),
    )
    const rest = await database.read((db) =>
      changesOf(db, { form: 'order', record: id(1) }, { before: changes[1]?.seq as number, limit: 2 }),
    )
    expect(rest.map((one) => one.version)).toEqual([1])
  })

  it.each(['actor', 'cause', 'at', 'patch', 'record', 'prev_hash', 'hash'])(
    'finds one changed byte of %s',
    async (column) => {
      const database = await written()
      expect(await database.read(verifyChanges)).toEqual([])
      await database.write(async (db) => {
        const row = await db
          .selectFrom('fl_change')
          .select(['seq', column])
          .where('version', '=', 2)
          .executeTakeFirstOrThrow()
        const text = String(row[column])
        await db
          .updateTable('fl_change')
          .set({ [column]: `${text.slice(0, 12)}#${text.slice(13)}` })
          .where('seq', '=', row['seq'] as number)
          .execute()
      })
      expect((await database.read(verifyChanges)).length).toBeGreaterThan(0)
    },
  )

  it('finds a removed change by the one after it', async () => {
    const database = await written()
    await database.write((db) => db.deleteFrom('fl_change').where('version', '=', 2).execute())
    expect(await database.read(verifyChanges)).toMatchObject([{ form: 'order', record: id(1) }])
  })
})

onEachDatabase('numbers', (kind) => {
  const take = (database: Database, gapless: boolean) => database.write((db) => nextNumber(db, { ...key, gapless }))

  it('are gapless when taken in the transaction, whatever is rolled back', async () => {
    const database = await freshDatabase(kind)
    const tries = Array.from({ length: 40 }, (_, index) =>
      database
        .write(async (db) => {
          const number = await nextNumber(db, key)
          if (index % 3 === 0) throw new Error('stop')
          return number
        })
        .catch(() => null),
    )
    const taken = (await Promise.all(tries)).filter((number) => number !== null).sort((a, b) => a - b)
    expect(taken).toEqual(Array.from({ length: taken.length }, (_, index) => index + 1))
  })

  it('are never given twice in blocks, from many callers at once', async () => {
    const database = await freshDatabase(kind)
    const taken = await Promise.all(Array.from({ length: 60 }, () => take(database, false)))
    expect(new Set(taken).size).toBe(60)
    expect(Math.min(...taken)).toBe(1)
  })

  it.each([true, false])('move and count on in one transaction (gapless: %s)', async (gapless) => {
    const database = await freshDatabase(kind)
    const numbers = await database.write(async (db) => {
      const first = await nextNumber(db, { ...key, gapless })
      await raiseNumber(db, { ...key, gapless }, 99)
      return [first, await nextNumber(db, { ...key, gapless })]
    })
    expect(numbers[0]).toBe(1)
    expect(numbers[1]).toBeGreaterThan(99)
  })

  it('count separately per field, scope and period', async () => {
    const database = await freshDatabase(kind)
    const next = (more: object) => database.write((db) => nextNumber(db, { ...key, ...more }))
    expect([
      await next({}),
      await next({}),
      await next({ period: '2027' }),
      await next({ scope: 'a' }),
      await next({ field: 'code' }),
    ]).toEqual([1, 2, 1, 1, 1])
  })

  it.each([true, false])('move past a number that came from elsewhere (gapless: %s)', async (gapless) => {
    const database = await freshDatabase(kind)
    await take(database, gapless)
    await database.write((db) => raiseNumber(db, { ...key, gapless }, 41))
    await database.write((db) => raiseNumber(db, { ...key, gapless }, 7))
    expect(await take(database, gapless)).toBeGreaterThan(41)
  })
})

onEachDatabase('idempotency keys', (kind) => {
  const run = (database: Database, more: object = {}, now = 0) =>
    database.write(async (db) => {
      const asked = { ...request, ...more }
      const known = await beginIdempotent(db, asked, now)
      if (known !== null) return { ...known, replayed: true }
      await db
        .insertInto('fl_setting')
        .values({ key: `effect ${JSON.stringify(asked)}`, value: '1' })
        .execute()
      await finishIdempotent(db, asked, { status: 201, answer: { id: '中' } })
      return { status: 201, answer: { id: '中' }, replayed: false }
    })

  it('let one of twenty at once do the work; the others repeat its answer or wait', async () => {
    const database = await freshDatabase(kind)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        run(database).catch((error: { problem: { code: string } }) => error.problem.code),
      ),
    )
    expect(answers.filter((answer) => typeof answer === 'object' && !answer.replayed)).toHaveLength(1)
    for (const answer of answers)
      expect(typeof answer === 'object' ? answer.answer : answer).toEqual(
        typeof answer === 'object' ? { id: '中' } : 'in-progress',
      )
    expect(await run(database)).toEqual({ status: 201, answer: { id: '中' }, replayed: true })
  })

  it('refuse another body, and count per principal and route', async () => {
    const database = await freshDatabase(kind)
    await run(database)
    await expect(run(database, { bodyHash: 'other' })).rejects.toMatchObject({ problem: { code: 'key-reused' } })
    expect(await run(database, { principal: 'u2' })).toMatchObject({ replayed: false })
  })

  it('vanish with an effect that failed, and after two days', async () => {
    const database = await freshDatabase(kind)
    await expect(
      database.write(async (db) => {
        await beginIdempotent(db, request, 0)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await run(database)).toMatchObject({ replayed: false })
    const day = 24 * 60 * 60 * 1000
    expect(await run(database, {}, day - 1)).toMatchObject({ replayed: true })
    expect(await run(database, {}, 2 * day - 1)).toMatchObject({ replayed: true })
    await database.write((db) => forgetIdempotent(db, 2 * day))
    expect(await database.read((db) => db.selectFrom('fl_idempotency').selectAll().execute())).toEqual([])
  })
})

onEachDatabase('revisions', (kind) => {
  it('are complete sets; the pointer moves with the latest, old ones stay', async () => {
    const database = await freshDatabase(kind)
    expect(await database.read(currentRevision)).toBe(0)
    const one = { definition: form('thing', [{ name: 'x', type: 'text' }]), pack: 'base' }
    const two = {
      definition: {
        kind: 'form',
        extends: 'thing',
        fields: [{ name: 'x_y', type: 'text' }],
      } as unknown as typeof one.definition,
    }
    const save = (items: readonly { definition: typeof one.definition; pack?: string }[]) =>
      database.write((db) => saveRevision(db, { items, by: id(1), at: '2026-11-22T05:26:00.000Z', note: '说明' }))
    expect([await save([one]), await save([one, two])]).toEqual([1, 2])
    expect(await database.read(currentRevision)).toBe(2)
    expect(await database.read((db) => loadDefinitions(db, 1))).toEqual([one])
    expect(await database.read((db) => loadDefinitions(db, 2))).toEqual([one, two])
    expect((await database.read(listRevisions)).map(({ number, by, note }) => ({ number, by, note }))).toEqual([
      { number: 2, by: id(1), note: '说明' },
      { number: 1, by: id(1), note: '说明' },
    ])
    expect(await database.read((db) => db.selectFrom('fl_definition').selectAll().execute())).toHaveLength(2)
  })
})

const row = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  n: fc.option(fc.integer({ min: 0, max: 2 })),
  m: fc.constantFrom('x', 'y'),
})
const state = fc.record({
  name: fc.constantFrom('x', 'y'),
  tags: fc.constantFrom<readonly string[]>(['a'], ['b', 'a']),
  lines: fc.uniqueArray(row, { selector: (one) => one.id }),
})

it('law: applying the patch of two states to the one gives the other, and reversed the first again', () => {
  fc.assert(
    fc.property(state, state, (one, other) => {
      const [before, after] = [one as unknown as JsonObject, other as unknown as JsonObject]
      const patch = JSON.parse(JSON.stringify(diffValues(before, after)))
      expect(applyPatch(before, patch)).toEqual(after)
      expect(applyPatch(after, reversed(patch))).toEqual(before)
    }),
  )
})
