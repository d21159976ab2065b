/** Builds the server and the command line into dist/server; packages are loaded from node_modules, but those of hundreds of small files are built in: they were half of the time to start. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  publicDir: false,
  ssr: { noExternal: ['typebox', 'kysely', 'hucre'] },
  build: {
    ssr: true,
    outDir: `${root}/dist/server`,
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: {
        main: `${root}/engine/main.ts`,
        cli: `${root}/engine/cli/main.ts`,
        reader: `${root}/engine/storage/dialects/reader-process.ts`,
        'picture-process': `${root}/engine/files/picture-process.mjs`,
        'reader-watch': `${root}/engine/storage/dialects/reader-watch.mjs`,
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
})
