/** Random secrets of 256 bits: given out once, stored as a hash only. */
import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 43 characters, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token. A plain hash is enough: nobody guesses 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Without letters and digits that are taken for each other. */
const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** `XXXX-XXXX`: 40 bits, for a person to type once. */
export function newSetupCode(): string {
  const part = () => Array.from({ length: 4 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')
  return `${part()}-${part()}`
}
