/** The list as a file over HTTP: its bytes are made while they are sent. */
import { Readable } from 'node:stream'
import * as contract from '#contract/routes/exports.ts'
import { type ExportQuery, exportRecords } from '#records/export/run.ts'
import { route } from '../call.ts'
import { given, jsonOf, words } from '../query-text.ts'

export const exportRoutes = [
  route(contract.recordsExport, async ({ records, params, query }) => {
    const { filter, sort, fields, bom, ...rest } = query
    const question = given({
      ...rest,
      filter: jsonOf(filter, 'filter'),
      sort: words(sort),
      fields: words(fields),
      bom: bom === 'true',
    })
    const file = await exportRecords(records, params.form, question as ExportQuery)
    return {
      status: 200,
      headers: { 'content-disposition': `attachment; filename="${file.name}"` },
      content: { type: file.type, data: Readable.from(file.bytes, { objectMode: false }) },
    }
  }),
]
