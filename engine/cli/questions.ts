/** Values that a command needs: from its options, else asked for. */
import { type Call, textOption, UsageError } from './command.ts'

export async function required(call: Call, option: string, question: string): Promise<string> {
  const given = textOption(call, option)
  if (given !== undefined && given !== '') return given
  if (!call.terminal.isInteractive) throw new UsageError(`--${option} is missing.`)
  for (;;) {
    const answer = await call.terminal.ask(question)
    if (answer !== '') return answer
  }
}

/** Typed twice where a person types it. */
export async function askPassword(call: Call): Promise<string> {
  const given = textOption(call, 'password')
  if (given !== undefined && given !== '') return given
  if (!call.terminal.isInteractive) throw new UsageError('--password is missing.')
  for (;;) {
    const first = await call.terminal.askSecret('Password:')
    if (first === (await call.terminal.askSecret('Once more:'))) return first
    call.terminal.warn('They differ.')
  }
}
