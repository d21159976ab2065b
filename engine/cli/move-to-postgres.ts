/** `formloom move-to-postgres`: from the file in the data folder to a PostgreSQL database, proved equal. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { unusable } from '#files/backup-file.ts'
import { createLog } from '#files/machine.ts'
import { moveToPostgres } from '#publish/backup/move.ts'
import { sqliteFile } from '#storage/copy/open.ts'
import { type Command, exitCodes, textOption, UsageError } from './command.ts'
import { readEnvironment } from './environment.ts'

export const moveCommand: Command = {
  name: 'move-to-postgres',
  summary: 'Copy the workspace from its file to PostgreSQL, and prove both equal',
  parameters: ['<postgres-url>'],
  details: [
    'The database must exist and be empty. The server may run: while the copy is made it answers reads and refuses writes with 503 and Retry-After, so that nothing acknowledged is left behind. When the copy is equal, by count and hash of every table, the file is closed for good: it refuses every write, and a start on it says where the workspace has gone.',
    'Cut off before that, the file is as it was and the next attempt begins anew. Uploaded files stay in the data folder, which stays in use.',
  ],
  async run(call) {
    const url = call.parameters[0] ?? ''
    if (!/^postgres(ql)?:\/\//.test(url)) throw new UsageError('<postgres-url> must begin with postgres://')
    const folder = resolve(textOption(call, 'data') ?? readEnvironment(call.env).data)
    if (!existsSync(sqliteFile(folder)))
      throw unusable(`There is no database file in ${folder}.`, `${folder} 中没有数据库文件。`)
    const { digests, resumed } = await moveToPostgres({ folder, url, log: createLog('warn'), kinds: call.kinds })
    const rows = Object.values(digests).reduce((sum, digest) => sum + digest.rows, 0)
    call.terminal.result({ tables: digests, rows, resumed, data: folder, database: withoutPassword(url) }, [
      `Equal: ${rows} rows in ${Object.keys(digests).length} tables, by count and hash.${resumed ? ' An attempt that was cut off at its end is ended.' : ''}`,
      'From now on the file refuses writes. Set, and start the server again:',
      `  DATABASE_URL=${withoutPassword(url)}`,
      `  FORMLOOM_DATA=${folder}   (uploaded files stay there)`,
    ])
    return exitCodes.ok
  },
}

function withoutPassword(text: string): string {
  const url = new URL(text)
  if (url.password) url.password = '…'
  return decodeURIComponent(url.href)
}
