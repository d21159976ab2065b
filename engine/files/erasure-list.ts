/** `erasures.jsonl` in the data folder: who was erased, by ids alone, outside of the database, so that an older backup can be told. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'

const fileName = 'erasures.jsonl'

export interface ListedErasure {
  readonly erasure: string
  readonly form: string
  readonly record: string
  readonly at: string
}

export function erasureListIn(folder: string): string {
  return join(folder, fileName)
}

/** What is listed already stays; whole or not at all. Answers with the number of lines. */
export function listErasures(folder: string, erasures: readonly ListedErasure[]): number {
  const path = erasureListIn(folder)
  const known = existsSync(path) ? readErasures(path) : []
  const all = [...new Map([...known, ...erasures].map((each) => [each.erasure, each])).values()]
  if (all.length === 0) return 0
  const half = `${path}.${process.pid}`
  writeFileSync(half, all.map((each) => `${JSON.stringify(each)}\n`).join(''), { mode: 0o600, flush: true })
  renameSync(half, path)
  return all.length
}

/** Refusal `unavailable`: it is not such a list. */
export function readErasures(path: string): readonly ListedErasure[] {
  if (!existsSync(path)) throw noList(path)
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => listed(path, line))
}

function listed(path: string, line: string): ListedErasure {
  const entry = parsed(line)
  const [erasure, form, record, at] = ['erasure', 'form', 'record', 'at'].map((name) => entry?.[name])
  if (typeof erasure !== 'string' || typeof form !== 'string' || typeof record !== 'string' || typeof at !== 'string')
    throw noList(path)
  return { erasure, form, record, at }
}

function parsed(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value as JsonObject) ? (value as JsonObject) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function noList(path: string): Refusal {
  return new Refusal('unavailable', {
    detail: { en: `${path} is not a list of erasures.`, 'zh-CN': `${path} 不是删除记录清单。` },
  })
}
