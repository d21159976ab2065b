/** `npm run dev`: the server restarts and the page reloads by themselves when a source changes. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.mjs'

const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')

/** Pages on PORT, the server behind them on the next port; resolves when one of both has ended. */
export function develop(parameters) {
  const port = Number(process.env.PORT ?? 8080)
  const address = `http://localhost:${port}`
  const env = { ...process.env, NODE_ENV: 'development', PORT: String(port + 1), FORMLOOM_URL: address }
  const watched = ['--include', 'templates/**/*.json', '--clear-screen=false']
  const server = start([tsx, 'watch', ...watched, 'engine/cli/main.ts', 'start', ...parameters], env)
  const pages = start([vite, '--config', 'engine/ui/vite.config.ts', '--port', String(port), '--strictPort'], {
    ...env,
    FORMLOOM_DEV_SERVER: `http://127.0.0.1:${port + 1}`,
  })
  console.log(`Development: ${address}`)
  return firstToEnd([server, pages])
}

function start(parameters, env) {
  return spawn(process.execPath, parameters, { cwd: root, env, stdio: 'inherit' })
}

function firstToEnd(children) {
  const endAll = () => {
    for (const child of children) child.kill()
  }
  process.on('SIGINT', endAll)
  process.on('SIGTERM', endAll)
  return new Promise((resolve) => {
    for (const child of children) {
      child.once('exit', (code) => {
        endAll()
        resolve(code ?? 0)
      })
    }
  })
}
