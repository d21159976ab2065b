/** Which passwords are accepted, and that only the right one opens. */
import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, verifyPassword } from './password.ts'

const owner = { login: 'ada.lovelace@example.com', name: 'Ada Lovelace' }
const codes = (password: string) => checkPassword(password, owner).map((issue) => issue.code)

describe('checkPassword', () => {
  it.each(['correct horse battery', 'ein langes Kennwort', '马电池正确订书钉好好好', 'x9#kQ2!mv0'])(
    'accepts %s',
    (password) => expect(codes(password)).toEqual([]),
  )

  it.each([
    ['short', 'password-too-short'],
    ['😀😀😀😀😀😁', 'password-too-short'],
    ['ada.lovelace', 'password-is-login'],
    ['ADA.LOVELACE@EXAMPLE.COM', 'password-is-login'],
    ['Ada Lovelace', 'password-is-login'],
    ['qwertyuiop', 'password-too-common'],
    ['Password123!', 'password-too-common'],
    ['woaini1314520', 'password-too-common'],
    ['aaaaaaaaaaaa', 'password-too-common'],
    ['x'.repeat(201), 'password-too-long'],
  ])('refuses %s', (password, code) => expect(codes(password)).toContain(code))
})

describe('verifyPassword', () => {
  it('opens with the right password in any Unicode spelling, and with no other', async () => {
    const stored = await hashPassword('Ångström und Käse')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(stored, 'Ångström und Käse'.normalize('NFD'))).toBe(true)
    expect(await verifyPassword(stored, 'Ångström und Kase')).toBe(false)
    expect(await verifyPassword(stored, 'x'.repeat(100_000))).toBe(false)
  })

  it('does the same work where there is no account', async () => {
    const stored = await hashPassword('correct horse battery')
    await verifyPassword(null, 'warm up')
    const timed = async (hash: string | null) => {
      const begun = process.hrtime.bigint()
      expect(await verifyPassword(hash, 'wrong wrong wrong')).toBe(false)
      return Number(process.hrtime.bigint() - begun)
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 12; round += 1) {
      known.push(await timed(stored))
      unknown.push(await timed(null))
    }
    // The fastest of each: a busy machine only ever adds.
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })
})
