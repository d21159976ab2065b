/** Before any test: offers one PostgreSQL server to all workers, started only when the first of them asks for it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { isPostgresAvailable, type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address that answers with the url of the test server, starting it at the first request. */
    postgresBroker: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!isPostgresAvailable()) {
    console.warn('\nNO POSTGRESQL for this platform: every PostgreSQL test is reported as skipped. Set DATABASE_URL.\n')
  }
  let starting: Promise<PostgresServer> | undefined
  const broker = createServer((_request, response) => {
    starting ??= startPostgres()
    starting.then(
      (server) => response.end(server.url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  project.provide('postgresBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`)
  return async () => {
    broker.close()
    broker.closeAllConnections()
    await starting?.then((server) => server.stop(), reportedToTheWorkerAlready)
  }
}

function reportedToTheWorkerAlready(): void {}
