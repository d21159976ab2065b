/** Runs programs: in the terminal of the person, or quietly with their output kept for the case of failure. */
import { spawn } from 'node:child_process'
import { root } from './root.mjs'

/** Resolves with the exit code; signals of the terminal reach the child by themselves. */
export function runVisibly(file, parameters, { cwd = root, env = process.env } = {}) {
  return finished(spawn(file, parameters, { cwd, env, stdio: 'inherit' }))
}

/** Resolves with `{ code, output }`. */
export async function runQuietly(file, parameters, { cwd = root, env = process.env } = {}) {
  const child = spawn(file, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  return { code: await finished(child), output }
}

/** A script of an installed package, run by this Node. */
export function runScript(script, parameters, options) {
  return runVisibly(process.execPath, [script, ...parameters], options)
}

/** npm as it was started with, else the one on the path. */
export function npm(parameters) {
  const running = process.env.npm_execpath
  if (running && /npm-cli\.c?js$/.test(running)) return [process.execPath, [running, ...parameters]]
  return process.platform === 'win32' ? ['cmd.exe', ['/c', 'npm', ...parameters]] : ['npm', parameters]
}

function finished(child) {
  const passOn = (signal) => child.kill(signal)
  process.on('SIGTERM', passOn)
  process.on('SIGINT', waitForTheChild)
  return new Promise((resolve) => {
    const settle = (code) => {
      process.off('SIGTERM', passOn)
      process.off('SIGINT', waitForTheChild)
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(error.message)
      settle(127)
    })
    child.once('close', (code, signal) => settle(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** The terminal sends Ctrl+C to both; this process only stays until the child has ended. */
function waitForTheChild() {}
