/** How a worker asks for what all workers share. */
import { inject } from 'vitest'

/** Makes it when nobody asked before; rejects with the reason when that failed. */
export async function askBroker(what: 'postgres' | 'built'): Promise<string> {
  const response = await fetch(`${inject('broker')}/${what}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${what} for tests: ${text}`)
  return text
}

/** The built product: the folder with `web` and `server`. Example: `const dist = await ensureBuilt()` */
export function ensureBuilt(): Promise<string> {
  return askBroker('built')
}
