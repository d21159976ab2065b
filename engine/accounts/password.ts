/** Passwords: what is accepted, how they are kept (argon2id), and verification in a time that tells nothing. */
import { hash, verify } from '@node-rs/argon2'
import type { Issue } from '#base/problems.ts'
import { commonPasswords } from './common-passwords.ts'

const leastCharacters = 10
/** Longer ones only cost time. */
const mostCharacters = 200
/** Argon2id, 19 MiB, two passes: the floor of the OWASP password storage guidance. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export interface PasswordOwner {
  readonly login: string
  readonly name: string
}

/** All reasons against a password; pointers end in `/password` by default. */
export function checkPassword(password: string, owner: PasswordOwner, pointer = '/password'): readonly Issue[] {
  const plain = password.normalize('NFKC').toLowerCase()
  const length = [...password].length
  const own = [owner.login, owner.login.split('@')[0] ?? '', owner.name].map((text) =>
    text.normalize('NFKC').toLowerCase().trim(),
  )
  const issues: Issue[] = []
  if (length < leastCharacters) issues.push({ pointer, code: 'password-too-short', params: { min: leastCharacters } })
  if (length > mostCharacters) issues.push({ pointer, code: 'password-too-long', params: { max: mostCharacters } })
  if (own.includes(plain)) issues.push({ pointer, code: 'password-is-login' })
  if (isCommon(plain)) issues.push({ pointer, code: 'password-too-common' })
  return issues
}

function isCommon(password: string): boolean {
  const repeated = new Set(password).size <= 2
  return repeated || commonPasswords.has(password) || commonPasswords.has(password.replace(/[\d!.@#$]+$/, ''))
}

/** The PHC string to store. Unicode spellings of one password count as one (NFKC). */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), parameters)
}

let dummy: Promise<string> | undefined

/** Without a stored hash the same work is done against one that nobody knows, so that time does not tell who exists. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash(`nobody ${Math.random()}`, parameters)
  const known = await dummy
  const tried = password.length > mostCharacters * 4 ? '' : password.normalize('NFKC')
  const matches = await verify(stored ?? known, tried)
  return stored !== null && matches
}
