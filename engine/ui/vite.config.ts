/** Builds the pages into dist/web and serves them in development; server code in a page is a build error. */
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const output = join(root, 'dist', 'web')
const server = process.env['FORMLOOM_DEV_SERVER'] ?? 'http://127.0.0.1:8081'
/** What the server answers itself; every other address is a page. */
const served = ['/api', '/problems', '/health']

/** Page in the sources → its file in dist/web. The designer's own page exists only when the designer has one. */
const pages = new Map<string, string>([['engine/ui/index.html', 'index.html']])
if (existsSync(join(root, 'designer/shell/index.html'))) pages.set('designer/shell/index.html', 'designer.html')

const serverLayers = /[\\/]engine[\\/](storage|accounts|records|publish|workflow|reports|files|egress|api|cli)[\\/]/

/** Server code is walled off by a failing build, never by tree-shaking. */
function browserWall(): Plugin {
  return {
    name: 'browser-wall',
    enforce: 'pre',
    async resolveId(specifier, importer) {
      if (importer === undefined || importer.includes('node_modules')) return null
      if (isBuiltin(specifier)) throw new Error(`${importer} imports ${specifier}: a page has no Node.`)
      const target = await this.resolve(specifier, importer, { skipSelf: true })
      const path = target?.id.split('?')[0] ?? ''
      if (/\.server\.tsx?$/.test(path) || serverLayers.test(path)) {
        throw new Error(`${importer} imports ${specifier}: server code never reaches a page.`)
      }
      return null
    },
  }
}

/** The build keeps the folders of the sources; the server wants the pages at the top of dist/web. */
function pagesAtTheTop(): Plugin {
  return {
    name: 'pages-at-the-top',
    apply: 'build',
    async writeBundle() {
      for (const [source, target] of pages) await rename(join(output, source), join(output, target))
      for (const folder of ['engine', 'designer']) await rm(join(output, folder), { recursive: true, force: true })
    },
  }
}

/** In development every address that is neither a file nor the server's shows the page it belongs to. */
function pagesByAddress(): Plugin {
  return {
    name: 'pages-by-address',
    apply: 'serve',
    configureServer(vite) {
      vite.middlewares.use((request, _response, next) => {
        const path = request.url?.split('?')[0] ?? '/'
        const wantsPage = request.headers.accept?.includes('text/html') === true
        if (wantsPage && !served.some((prefix) => path.startsWith(prefix))) request.url = `/${pageFor(path)}`
        next()
      })
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { path }) => html.replaceAll('="./', `="${dirname(path)}/`),
    },
  }
}

function pageFor(path: string): string {
  const designer = 'designer/shell/index.html'
  return path.startsWith('/designer') && pages.has(designer) ? designer : 'engine/ui/index.html'
}

export default defineConfig({
  root,
  base: '/',
  publicDir: resolve(root, 'engine/ui/public'),
  plugins: [browserWall(), react(), pagesByAddress(), pagesAtTheTop()],
  build: {
    outDir: output,
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: [...pages.keys()].map((source) => join(root, source)) },
  },
  server: { host: 'localhost', proxy: Object.fromEntries(served.map((prefix) => [prefix, server])) },
})
