/** `formloom dev`: server and pages that follow the sources; only in a clone. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { templatesFolder } from '#publish/packs-folder.ts'
import { type Command, exitCodes, UsageError } from './command.ts'

interface Developing {
  develop(parameters: readonly string[]): Promise<number>
}

export const dev: Command = {
  name: 'dev',
  summary: 'Work on Formloom itself: reload server and page when a source changes',
  details: [
    'The same as npm run dev. The pages are on PORT, the server behind them on the next port. Needs a clone with its development packages.',
  ],
  showsEnvironment: true,
  async run() {
    const root = dirname(templatesFolder())
    const program = join(root, 'engine', 'bin', 'dev.mjs')
    if (!existsSync(join(root, 'engine', 'main.ts')) || !existsSync(program))
      throw new UsageError(
        'There are no sources here: formloom dev works in a clone. To run the product: formloom start',
      )
    const { develop } = (await import(pathToFileURL(program).href)) as Developing
    return (await develop([])) === 0 ? exitCodes.ok : exitCodes.failed
  },
}
