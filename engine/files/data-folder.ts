/** The data folder of a workspace: made for its owner alone, refused when others may read it; the setup code in it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Refusal } from '#base/problems.ts'

const ownerOnly = 0o700
const others = 0o077

/** The absolute path. Refusal `unavailable` says what to do when the folder is open to others. */
export function prepareDataFolder(folder: string): string {
  const path = resolve(folder)
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true, mode: ownerOnly })
    chmodSync(path, ownerOnly)
    return path
  }
  const status = statSync(path)
  if (!status.isDirectory()) throw refused(`${path} is not a folder.`, `${path} 不是文件夹。`)
  if (process.platform !== 'win32' && (status.mode & others) !== 0) {
    throw refused(
      `Others may read the data folder ${path}. Close it: chmod 700 '${path}'`,
      `其他用户可读取数据文件夹 ${path}。请执行：chmod 700 '${path}'`,
    )
  }
  return path
}

/** `<data>/setup-code`, readable by its owner only, until it is used. */
export function setupCodeFile(folder: string): {
  read(): Promise<string | null>
  write(code: string): Promise<void>
  remove(): Promise<void>
} {
  const path = join(folder, 'setup-code')
  return {
    read: async () => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null),
    write: async (code) => writeFileSync(path, `${code}\n`, { mode: 0o600 }),
    remove: async () => rmSync(path, { force: true }),
  }
}

function refused(en: string, zh: string): Refusal {
  return new Refusal('unavailable', { detail: { en, 'zh-CN': zh } })
}
