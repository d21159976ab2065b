/** Is the network there, and is somebody signed in: two facts that the whole page listens to. */
import { effect, signal } from '@preact/signals-core'

/** True while requests do not reach the server. */
export const offline = signal(typeof navigator !== 'undefined' && navigator.onLine === false)
/** Counts how often the server said "not signed in". */
export const signedOut = signal(0)
/** The revision that the server answered with last; a new one means that definitions were published. */
export const serverRevision = signal<number | null>(null)

const askAgainMs = 3_000

/** Follows the browser's own events, and asks an absent server until it answers; called once by the page. */
export function watchConnection(): void {
  window.addEventListener('online', () => {
    offline.value = false
  })
  window.addEventListener('offline', () => {
    offline.value = true
  })
  effect(() => {
    if (!offline.value) return
    const timer = setInterval(() => void askServer(), askAgainMs)
    return () => clearInterval(timer)
  })
}

async function askServer(): Promise<void> {
  try {
    await fetch('/health', { cache: 'no-store' })
    offline.value = false
  } catch {
    // Still away: the next turn asks again.
  }
}
