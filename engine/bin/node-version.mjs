/** First station of every command: the running Node is new enough. */
import { stop } from './root.mjs'

const needed = [20, 19]

export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  stop(`Formloom needs Node ${needed.join('.')} or newer; this is ${process.version}. See https://nodejs.org/`)
}
