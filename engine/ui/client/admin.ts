/** Users, roles and keys over the wire. */
import type { AccountAnswer, AccountChange, AccountsAnswer, KeyAnswer, RoleAnswer } from '#contract/wire-admin.ts'
import { request } from './request.ts'

export function readUsers(search: string, cursor?: string): Promise<AccountsAnswer> {
  const params = new URLSearchParams({ limit: '100', ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) })
  return request(`/api/admin/users?${params}`)
}

export function createUser(values: AccountChange): Promise<{ id: string; user: AccountAnswer }> {
  return request('/api/admin/users', { method: 'POST', body: values })
}

export function changeUser(id: string, values: AccountChange): Promise<{ user: AccountAnswer }> {
  return request(`/api/admin/users/${id}`, { method: 'PATCH', body: values })
}

export function readRoles(): Promise<{ roles: readonly RoleAnswer[] }> {
  return request('/api/admin/roles')
}

export function readKeys(): Promise<{ keys: readonly KeyAnswer[] }> {
  return request('/api/keys')
}

export function createKey(name: string, expiresAt: string | null): Promise<{ id: string; key: string }> {
  return request('/api/keys', { method: 'POST', body: { name, expires_at: expiresAt } })
}

export function revokeKey(id: string): Promise<void> {
  return request(`/api/keys/${id}`, { method: 'DELETE' })
}
