import { describe, expect, it } from 'vitest'
import { Bug } from './bug.ts'
import { loggedFailure } from './logged-failure.ts'

const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('what the log says of an unexpected error', () => {
  it('is never the value that a parser or a conversion stumbled over', () => {
    for (const work of [
      () => JSON.parse('canary'),
      () => BigInt('canary'),
      () => 'x'.repeat(-1),
      () => new Date('canary').toISOString(),
    ]) {
      const logged = loggedFailure(thrown(work))
      expect(JSON.stringify(logged)).not.toMatch(/canary/)
      expect(logged.at.join()).toContain('logged-failure.test.ts')
    }
  })

  it('is the code and the place of an error of PostgreSQL, not its message', () => {
    const error = Object.assign(new Error('invalid input syntax: "canary"'), {
      severity: 'ERROR',
      code: '22P02',
      table: 'customer',
      detail: 'Key (name)=(canary) exists.',
    })
    const logged = loggedFailure(error)
    expect(logged).toMatchObject({ name: 'Error', code: '22P02', table: 'customer' })
    expect(JSON.stringify(logged)).not.toContain('canary')
  })

  it('is the message where the program itself speaks', () => {
    expect(loggedFailure(new Bug('no such table', { form: 'order' })).message).toBe('no such table {"form":"order"}')
    expect(loggedFailure(thrown(() => (undefined as unknown as { a: string }).a)).message).toContain("reading 'a'")
    expect(loggedFailure(Object.assign(new Error('no space left'), { code: 'ENOSPC' })).message).toBe('no space left')
    expect(loggedFailure('canary')).toEqual({ name: 'string', at: [] })
  })
})
