/** The program `formloom`: hands the words of the command line, the terminal and the shelf of kinds to the commands. */
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { runCommandLine } from './command-line.ts'

process.exitCode = await runCommandLine({
  words: process.argv.slice(2),
  env: process.env,
  streams: { input: process.stdin, output: process.stdout, error: process.stderr },
  kinds: fieldKinds,
  locale: new Intl.DateTimeFormat().resolvedOptions().locale,
})
