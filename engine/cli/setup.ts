/** `formloom setup`: the first admin of an empty workspace, from the terminal of whoever holds the machine. */
import { createFirstAdmin, isSetupNeeded } from '#accounts/setup.ts'
import { Refusal } from '#base/problems.ts'
import { setupCodeFile } from '#files/data-folder.ts'
import { type Command, exitCodes, textOption } from './command.ts'
import { readEnvironment } from './environment.ts'
import { withWorkspace } from './local.ts'
import { askPassword, required } from './questions.ts'

export const setup: Command = {
  name: 'setup',
  summary: 'Create the first admin of an empty workspace',
  options: {
    login: { type: 'string', help: 'how the admin signs in; usually an e-mail address' },
    name: { type: 'string', help: 'the name shown to others' },
    password: { type: 'string', help: 'at least 10 characters; asked for when absent' },
    locale: { type: 'string', value: '<en|zh-CN>', help: 'the language' },
  },
  details: ['Asks for what is not given. Works once; further users: formloom user add.'],
  showsEnvironment: true,
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      if (!(await isSetupNeeded(workspace.db))) throw new Refusal('already-done')
      const login = await required(call, 'login', 'Login (e-mail):')
      const name = await required(call, 'name', 'Name:')
      const password = await askPassword(call)
      const context = { db: workspace.db, model: await workspace.model(), clock: workspace.clock, ids: workspace.ids }
      const locale = textOption(call, 'locale') ?? call.terminal.locale
      const { id } = await createFirstAdmin(
        context,
        { login, name, password, locale },
        { address: null, agent: 'formloom setup' },
      )
      await setupCodeFile(textOption(call, 'data') ?? readEnvironment(call.env).data).remove()
      call.terminal.result({ id, login }, [`${name} is admin and signs in as ${login}.`])
      return exitCodes.ok
    }),
}
