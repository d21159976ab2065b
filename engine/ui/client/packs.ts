/** Packs over the wire. */
import type { PacksAnswer } from '#contract/wire-pack.ts'
import { request } from './request.ts'

export function readPacks(): Promise<PacksAnswer> {
  return request('/api/packs')
}

export function installPack(name: string, demo: boolean): Promise<{ revision: number }> {
  return request(`/api/packs/${name}/install`, { method: 'POST', body: { demo } })
}
