/** A thread of the reader process that ends it when its parent is gone: a statement holds the main thread, and would outlive who asked. */
import { parentPort } from 'node:worker_threads'

const lookMs = 1_000
const parent = process.ppid

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, lookMs)
parentPort?.postMessage('watching')
