/** The secret that encrypts backups: from `--key-file`, else from FORMLOOM_SECRET_FILE. */
import { readFileSync } from 'node:fs'
import { requireStrongSecret } from '#files/secret-file.ts'
import { type Call, textOption } from './command.ts'
import { valueOfVariable } from './environment.ts'

export const keyFileOption = {
  'key-file': {
    type: 'string',
    value: '<file>',
    help: 'the secret of the backup, instead of FORMLOOM_SECRET_FILE: at least 32 random bytes, kept elsewhere',
  },
} as const

/** null: none is configured. */
export function secretFile(call: Call): string | null {
  return textOption(call, 'key-file') || valueOfVariable(call.env, 'FORMLOOM_SECRET_FILE') || null
}

/** Refusal `unavailable` for a secret that is weak or open to others. */
export function readSecret(call: Call): string | null {
  const path = secretFile(call)
  if (path === null) return null
  requireStrongSecret(path)
  return readFileSync(path, 'utf8').trim()
}
