/** `attachment`: files of any accepted type; the bytes live elsewhere, the value lists them. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, textsOption } from '../../values/answer.ts'
import { checkFiles, fileOptions, filesOf, parseFiles } from '../../values/file-list.ts'
import { parseJsonText } from '../../values/json-text.ts'
import { sampleId } from '../../values/record-link.ts'

export const attachmentLimits = { maxFiles: 10, accept: ['*/*'] }

export const attachment = defineFieldKind({
  name: 'attachment',
  version: 1,
  label: both('Files', '附件'),
  icon: 'paperclip',
  group: 'file',
  options: fileOptions(attachmentLimits, '^(?:\\*/\\*|[a-z]+/(?:\\*|[a-z0-9.+-]+))$'),
  computable: false,
  holdsFiles: true,
  type: () => valueTypes.opaque,
  parse: (input) => parseFiles(input),
  parseText: (typed) => parseJsonText(typed, parseFiles),
  format: (value) =>
    filesOf(value)
      .map((file) => file.name)
      .join(', '),
  check: (value, field) => checkFiles(value, field, attachmentLimits),
  sample(field) {
    const type = textsOption(field.accept)[0] ?? 'application/pdf'
    return [
      {
        id: sampleId,
        name: 'sample',
        size: 1200,
        type: type === '*/*' ? 'application/pdf' : type.replace('/*', '/plain'),
      },
    ]
  },
})
