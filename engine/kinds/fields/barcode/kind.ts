/** `barcode`: what a scanner reads; with a symbology its characters and check digit are held to it. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, issue, textOption } from '../../values/answer.ts'
import { parseLine } from '../../values/text-value.ts'

const longest = 200
const digitsOf: Readonly<Record<string, number>> = { ean13: 13, ean8: 8, upca: 12 }
const samples: Readonly<Record<string, string>> = { ean13: '4006381333931', ean8: '96385074', upca: '036000291452' }

export const barcode = defineFieldKind({
  name: 'barcode',
  version: 1,
  label: both('Barcode', '条码'),
  icon: 'barcode',
  group: 'other',
  options: [
    {
      name: 'symbology',
      label: both('Type of code', '码制'),
      editor: 'choice',
      default: 'any',
      schema: { enum: ['any', 'ean13', 'ean8', 'upca', 'code128'] },
      choices: [
        { value: 'any', label: both('Any', '不限') },
        { value: 'ean13', label: 'EAN-13' },
        { value: 'ean8', label: 'EAN-8' },
        { value: 'upca', label: 'UPC-A' },
        { value: 'code128', label: 'Code 128' },
      ],
    },
  ],
  computable: true,
  type: () => valueTypes.text,
  parse: (input) => parseLine(input),
  parseText: (typed) => parseLine(typed.normalize('NFKC')),
  format: (value) => (typeof value === 'string' ? value : ''),
  check(value, field) {
    const symbology = textOption(field.symbology) ?? 'any'
    if (typeof value !== 'string') return []
    if (value.length > longest) return [issue('too-long', { max: longest })]
    return fitsSymbology(value, symbology) ? [] : [issue('not-a-barcode', { symbology: symbology.toUpperCase() })]
  },
  sample: (field) => samples[textOption(field.symbology) ?? 'any'] ?? 'FL-000123',
})

function fitsSymbology(code: string, symbology: string): boolean {
  const digits = digitsOf[symbology]
  if (digits !== undefined) return code.length === digits && /^\d+$/.test(code) && hasCheckDigit(code)
  return symbology !== 'code128' || /^[\x20-\x7e]+$/.test(code)
}

/** GS1: figures weigh 3 and 1 in turn from the right; the sum ends in zero. */
function hasCheckDigit(code: string): boolean {
  const figures = [...code].reverse().map(Number)
  return figures.reduce((sum, figure, index) => sum + figure * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0
}
