/** FORMLOOM_SECRET_FILE: refused when it is weak or open to others, before anything is trusted to it. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { Refusal } from '#base/problems.ts'

const leastBytes = 32
const others = 0o077

/** Refusal `unavailable` says what is wrong and what to do. */
export function requireStrongSecret(path: string): void {
  if (!existsSync(path))
    throw refused(
      `The secret file ${path} does not exist. Make one: head -c 48 /dev/urandom | base64 > '${path}' && chmod 600 '${path}'`,
      `密钥文件 ${path} 不存在。请执行：head -c 48 /dev/urandom | base64 > '${path}' && chmod 600 '${path}'`,
    )
  if (process.platform !== 'win32' && (statSync(path).mode & others) !== 0)
    throw refused(
      `Others may read the secret file ${path}. Close it: chmod 600 '${path}'`,
      `其他用户可读取密钥文件 ${path}。请执行：chmod 600 '${path}'`,
    )
  const secret = readFileSync(path, 'utf8').trim()
  if (Buffer.byteLength(secret) < leastBytes || new Set(secret).size < 10)
    throw refused(
      `The secret in ${path} is weak: at least ${leastBytes} random bytes.`,
      `${path} 中的密钥过弱：至少需要 ${leastBytes} 个随机字节。`,
    )
}

function refused(en: string, zh: string): Refusal {
  return new Refusal('unavailable', { detail: { en, 'zh-CN': zh } })
}
