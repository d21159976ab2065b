/** `formloom user add`: somebody who can sign in. */

import { createUser } from '#accounts/users.ts'
import { actorContext } from '#publish/actor-context.ts'
import { type Command, exitCodes, textOption } from './command.ts'
import { localActor, withWorkspace } from './local.ts'
import { askPassword, required } from './questions.ts'

export const userAdd: Command = {
  name: 'user add',
  summary: 'Add a user',
  options: {
    login: { type: 'string', help: 'how the user signs in; usually an e-mail address' },
    name: { type: 'string', help: 'the name shown to others' },
    role: { type: 'string', value: '<role>', help: 'a role; may be given more than once', multiple: true },
    password: { type: 'string', help: 'at least 10 characters; asked for when absent' },
    locale: { type: 'string', value: '<en|zh-CN>', help: 'the language' },
  },
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const login = await required(call, 'login', 'Login (e-mail):')
      const name = await required(call, 'name', 'Name:')
      const password = await askPassword(call)
      const roles = (call.options['role'] as readonly string[] | undefined) ?? []
      const context = await actorContext(workspace, await localActor(workspace, call.terminal.locale))
      const id = await createUser(context, {
        login,
        name,
        password,
        roles,
        locale: textOption(call, 'locale') ?? call.terminal.locale,
      })
      call.terminal.result({ id, login, roles }, [
        `${name} signs in as ${login}${roles.length > 0 ? ` and is ${roles.join(', ')}` : ''}.`,
      ])
      return exitCodes.ok
    }),
}
