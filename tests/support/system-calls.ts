/** What a traced process asked of the kernel, in its order: writes and syncs of the write-ahead log, requests that came, answers that went. */

export type SystemCall =
  | { readonly kind: 'log-write'; readonly text: string }
  | { readonly kind: 'log-sync' }
  | { readonly kind: 'request'; readonly socket: string; readonly text: string }
  | { readonly kind: 'answer'; readonly socket: string; readonly text: string }

/** To be run as: `strace <these words> -o <file> program …`. Texts are long enough for a page of the log. */
export const traceWords = [
  ...['-f', '-y', '-s', '8192', '-e'],
  'trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync',
] as const

const unfinished = / <unfinished \.\.\.>$/
const resumed = /^<\.\.\. (\w+) resumed>(.*)$/

/** A call that is interrupted by another thread counts when it ends: a sync that has not returned is no sync. */
export function parseTrace(trace: string): readonly SystemCall[] {
  const begun = new Map<string, string>()
  const calls: SystemCall[] = []
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(?:\[pid\s+)?(\d+)\]?\s+(.*)$/.exec(line) ?? []
    if (unfinished.test(rest)) begun.set(thread, rest.replace(unfinished, ''))
    else {
      const end = resumed.exec(rest)
      const text = end ? `${begun.get(thread) ?? ''}${end[2]}` : rest
      const call = callOf(text)
      if (call) calls.push(call)
    }
  }
  return calls
}

function callOf(text: string): SystemCall | null {
  const [, name = '', place = ''] = /^(\w+)\(\d+<([^>]*)>[,)]/.exec(text) ?? []
  if (/ = -\d/.test(text.slice(-80))) return null
  if (/\.sqlite-wal$/.test(place)) {
    if (name === 'fsync' || name === 'fdatasync') return { kind: 'log-sync' }
    return /write/.test(name) ? { kind: 'log-write', text } : null
  }
  if (!/^(socket|TCP)/.test(place)) return null
  if (/^(read|recv)/.test(name)) return { kind: 'request', socket: place, text }
  return { kind: 'answer', socket: place, text }
}
