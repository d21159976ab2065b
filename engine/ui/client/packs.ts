/** Packs over the wire. */
import type { PacksAnswer } from '#contract/wire-pack.ts'
import type { Side, UpgradeAnswer } from '#contract/wire-revision.ts'
import { request } from './request.ts'

export function readPacks(): Promise<PacksAnswer> {
  return request('/api/packs')
}

export function installPack(name: string, demo: boolean): Promise<{ revision: number }> {
  return request(`/api/packs/${name}/install`, { method: 'POST', body: { demo } })
}

/** Without decisions it says what would change, and changes nothing. */
export function rehearseUpgrade(name: string): Promise<UpgradeAnswer> {
  return request(`/api/packs/${name}/upgrade`, { method: 'POST', body: { dry_run: true } })
}

export function upgradePack(name: string, resolve: Readonly<Record<string, Side>>): Promise<UpgradeAnswer> {
  return request(`/api/packs/${name}/upgrade`, { method: 'POST', body: { resolve } })
}
