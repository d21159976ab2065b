/** Before any test: offers what all workers share, made only when the first of them asks for it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { buildProduct } from './build.ts'
import { isPostgresAvailable, type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** `GET <address>/postgres` answers with the url of the test server, `/built` with the folder of the built product. */
    broker: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!isPostgresAvailable()) {
    console.warn('\nNO POSTGRESQL for this platform: every PostgreSQL test is reported as skipped. Set DATABASE_URL.\n')
  }
  let postgres: Promise<PostgresServer> | undefined
  let built: Promise<string> | undefined
  const answer = async (path: string): Promise<string> => {
    if (path === '/built') {
      built ??= buildProduct()
      return built
    }
    postgres ??= startPostgres()
    return (await postgres).url
  }
  const broker = createServer((request, response) => {
    answer(request.url ?? '').then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  project.provide('broker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`)
  return async () => {
    broker.close()
    broker.closeAllConnections()
    await postgres?.then((server) => server.stop(), reportedToTheWorkerAlready)
  }
}

function reportedToTheWorkerAlready(): void {}
