/** `formloom export`: a list as a CSV or XLSX file. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Json } from '#base/json.ts'
import { actorContext } from '#publish/actor-context.ts'
import { type ExportQuery, exportRecords } from '#records/export/run.ts'
import type { SheetFormat } from '#records/export/sheet-writer.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { localActor, withWorkspace } from './local.ts'

export const exportFile: Command = {
  name: 'export',
  summary: 'Write the records of a form to a CSV or XLSX file',
  parameters: ['<form>', '<file.csv|file.xlsx>'],
  options: {
    filter: { type: 'string', value: '<json>', help: 'only records for which this JSON Logic holds' },
    sort: { type: 'string', value: '<fields>', help: 'by these fields, with commas; - before one that descends' },
    fields: { type: 'string', value: '<fields>', help: 'only these, with commas' },
    search: { type: 'string', value: '<text>', help: 'only records that hold the text' },
    view: { type: 'string', value: '<name>', help: 'what this view shows' },
    labels: {
      type: 'boolean',
      help: 'headers and values for people; default: names and keys, which import reads back',
    },
    bom: { type: 'boolean', help: 'CSV begins with a byte order mark, for Excel' },
  },
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const [form = '', file = ''] = call.parameters
      const { terminal } = call
      const query = queryOf(call, formatOf(file))
      const context = await actorContext(workspace, await localActor(workspace, terminal.locale))
      const sheet = await exportRecords(context, form, query)
      await pipeline(sheet.bytes, createWriteStream(file, { mode: 0o600 }))
      terminal.result({ file, form }, [`Written: ${file}`])
      return exitCodes.ok
    }),
}

function formatOf(file: string): SheetFormat {
  const ending = /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending === 'csv' || ending === 'xlsx') return ending
  throw new UsageError(`${file} must end with .csv or .xlsx`)
}

function queryOf(call: Call, format: SheetFormat): ExportQuery {
  const list = (name: string) =>
    textOption(call, name)
      ?.split(',')
      .map((word) => word.trim())
  const asked = {
    filter: filterOf(textOption(call, 'filter')),
    sort: list('sort'),
    fields: list('fields'),
    search: textOption(call, 'search'),
    view: textOption(call, 'view'),
  }
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  return { ...given, format, header: flag(call, 'labels') ? 'labels' : 'names', bom: flag(call, 'bom') }
}

function filterOf(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`--filter is not JSON: ${error.message}`)
    throw error
  }
}
