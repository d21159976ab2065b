/** Runs commands of `formloom` in this process and keeps what they say. */
import { PassThrough } from 'node:stream'
import { runCommandLine } from '#cli/command-line.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'

export interface Said {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Example: `await formloom({ FORMLOOM_DATA: folder }, 'pack', 'list', '--json')`. Nobody is there to answer questions. */
export async function formloom(
  env: Readonly<Record<string, string | undefined>>,
  ...words: readonly string[]
): Promise<Said> {
  const [output, error] = [new PassThrough(), new PassThrough()]
  const code = await runCommandLine({
    words,
    env: { LOG_LEVEL: 'silent', ...env },
    streams: { input: new PassThrough(), output, error },
    kinds: fieldKinds,
  })
  return { code, out: textOf(output), error: textOf(error) }
}

function textOf(stream: PassThrough): string {
  const chunk: unknown = stream.read()
  return chunk === null ? '' : String(chunk)
}
