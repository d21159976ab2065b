/** `image`: pictures; like files, shown as pictures. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, textsOption } from '../../values/answer.ts'
import { checkFiles, fileOptions, filesOf, parseFiles } from '../../values/file-list.ts'
import { parseJsonText } from '../../values/json-text.ts'
import { sampleId } from '../../values/record-link.ts'

export const imageLimits = { maxFiles: 1, accept: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] }

export const image = defineFieldKind({
  name: 'image',
  version: 1,
  label: both('Picture', '图片'),
  icon: 'photo',
  group: 'file',
  options: fileOptions(imageLimits, '^image/(?:png|jpeg|webp|gif)$'),
  computable: false,
  holdsFiles: true,
  type: () => valueTypes.opaque,
  parse: (input) => parseFiles(input),
  parseText: (typed) => parseJsonText(typed, parseFiles),
  format: (value) =>
    filesOf(value)
      .map((file) => file.name)
      .join(', '),
  check: (value, field) => checkFiles(value, field, imageLimits),
  sample: (field) => [{ id: sampleId, name: 'sample', size: 1200, type: textsOption(field.accept)[0] ?? 'image/png' }],
})
