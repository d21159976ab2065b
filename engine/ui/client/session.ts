/** Who is signed in: set up, sign in, sign out, change one's own settings. */
import type { AppAnswer, AppUser } from '#contract/wire-app.ts'
import { request } from './request.ts'

export interface SetupRequest {
  readonly code: string
  readonly name: string
  readonly login: string
  readonly password: string
  readonly locale: string
  readonly workspace?: string
}

export function setUp(values: SetupRequest): Promise<{ user: AppUser }> {
  return request('/api/setup', { method: 'POST', body: values, anonymous: true })
}

/** Is the workspace still empty? */
export function readSetup(): Promise<{ needed: boolean }> {
  return request('/api/setup', { anonymous: true })
}

export function signIn(login: string, password: string): Promise<{ user: AppUser }> {
  return request('/api/session', { method: 'POST', body: { login, password }, anonymous: true })
}

export function signOut(): Promise<void> {
  return request('/api/session', { method: 'DELETE', anonymous: true })
}

export function changeSession(values: {
  readonly locale?: string
  readonly password?: string
  readonly current_password?: string
}): Promise<{ user: AppUser }> {
  return request('/api/session', { method: 'PATCH', body: values })
}

export function readApp(): Promise<AppAnswer> {
  return request('/api/app')
}
