/** The help: of all commands, and of one. */
import type { Command } from './command.ts'
import { variables } from './environment.ts'
import { columns } from './terminal.ts'

const codes: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'failed: something broke, or a check found differences'],
  ['2', 'the command was not given rightly'],
  ['3', 'refused by a rule; the reasons are shown'],
]

export function overview(commands: readonly Command[]): readonly string[] {
  return [
    'Formloom: business applications from definitions.',
    '',
    'Usage: formloom <command> [options]',
    '',
    'Commands:',
    ...indented(commands.map((command) => [titleOf(command), command.summary])),
    '',
    'Every command:',
    ...indented([
      ['--json', 'one JSON document on standard output'],
      ['--data <folder>', 'the workspace, instead of FORMLOOM_DATA'],
      ['--help', 'how the command is used'],
    ]),
    '',
    'Exit codes:',
    ...indented(codes),
    '',
    'Environment:',
    ...environmentLines(),
  ]
}

export function helpOf(command: Command): readonly string[] {
  const options = Object.entries(command.options ?? {})
  return [
    command.summary,
    '',
    `Usage: formloom ${titleOf(command)}${options.length > 0 ? ' [options]' : ''}`,
    ...(command.details ?? []).flatMap((paragraph) => ['', paragraph]),
    ...(options.length > 0
      ? [
          '',
          'Options:',
          ...indented(
            options.map(([name, option]) => [
              `--${name}${option.type === 'string' ? ` ${option.value ?? '<text>'}` : ''}`,
              option.help,
            ]),
          ),
        ]
      : []),
    ...(command.showsEnvironment ? ['', 'Environment, all optional:', ...environmentLines()] : []),
  ]
}

function titleOf(command: Command): string {
  return [command.name, ...(command.parameters ?? [])].join(' ')
}

function environmentLines(): readonly string[] {
  return indented(
    variables.map(({ name, fallback, help }) => [name, `${help}${fallback ? ` (default ${fallback})` : ''}`]),
  )
}

function indented(rows: readonly (readonly string[])[]): readonly string[] {
  return columns(rows).map((line) => `  ${line}`)
}
