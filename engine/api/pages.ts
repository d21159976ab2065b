/** The built pages: hashed assets for ever, pages asked for again each time. */
import serveFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Pages } from './parts.ts'

export async function servePages(server: FastifyInstance, pages: Pages | null): Promise<void> {
  if (!pages) return
  await server.register(serveFiles, {
    root: pages.folder,
    prefix: '/',
    index: 'index.html',
    dotfiles: 'ignore',
    redirect: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
}

/** The page behind an address that is no file; null without pages. */
export function pageFor(path: string, pages: Pages | null): string | null {
  if (!pages) return null
  return pages.designer && /^\/designer(\/|$)/.test(path) ? 'designer.html' : 'index.html'
}
