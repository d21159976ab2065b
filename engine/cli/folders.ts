/** Folders that commands make: scratch folders that go when the command ends, and new homes of workspaces. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '#base/problems.ts'
import { isRunning } from '#files/backup-file.ts'

const scratch = 'scratch-'

/** Beside the data where there is a data folder: it is private and on a disk that is large enough. What killed commands left goes. */
export async function withScratchFolder<T>(data: string, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = existsSync(data) ? resolve(data) : tmpdir()
  sweepScratch(parent)
  const folder = join(parent, `${scratch}formloom-${process.pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sweepScratch(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^scratch-formloom-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** The folder appears whole or not at all. Refusal `request-invalid` when something lies there already. */
export async function withNewFolder<T>(path: string, work: (folder: string) => Promise<T>): Promise<T> {
  const whole = resolve(path)
  if (existsSync(whole) && readdirSync(whole).length > 0) throw taken(whole)
  sweepHalves(whole)
  const half = `${whole}.restoring-${process.pid}`
  mkdirSync(half, { recursive: true, mode: 0o700 })
  try {
    const answer = await work(half)
    renameSync(half, whole)
    return answer
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    throw error
  }
}

function sweepHalves(whole: string): void {
  const parent = dirname(whole)
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const [, of, pid] = /^(.+)\.restoring-(\d+)$/.exec(name) ?? []
    if (of !== undefined && join(parent, of) === whole && !isRunning(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function taken(path: string): Refusal {
  return new Refusal('request-invalid', {
    detail: {
      en: `${path} is not empty: a restore never overwrites. Name a new folder.`,
      'zh-CN': `${path} 不为空：恢复不会覆盖已有内容。请指定新文件夹。`,
    },
  })
}
