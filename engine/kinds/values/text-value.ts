/** Text as the engine keeps it: NFC, trimmed, without control characters; and the options of the text kinds. */
import type { Issue } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindOption, Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, numberOption, refuse, textOption } from './answer.ts'
import { isWithinPattern } from './pattern.ts'

const unwanted = /[\p{Cc}\p{Cs}]/u
const unwantedInLines = /[\p{Cs}]|(?![\n\t])\p{Cc}/u

/** One line of text, or null when nothing is left; refuses control characters and half surrogates. */
export function parseLine(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'text' })
  return tidied(input.normalize('NFC').trim(), unwanted)
}

/** Text of several lines: line ends become `\n`, tabs stay. */
export function parseLines(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'text' })
  return tidied(input.replace(/\r\n?/g, '\n').normalize('NFC').trim(), unwantedInLines)
}

/** Characters as people count them: code points. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** The length and pattern that the field asks for. */
export function checkText(text: string, field: FieldDefinition, defaultMax: number): readonly Issue[] {
  const issues: Issue[] = []
  const min = numberOption(field.min_length, 0)
  const max = numberOption(field.max_length, defaultMax)
  const pattern = textOption(field.pattern)
  if (text.length > max && lengthOf(text) > max) issues.push(issue('too-long', { max }))
  if (text.length < min * 2 && lengthOf(text) < min) issues.push(issue('too-short', { min }))
  if (pattern !== undefined && issues.length === 0 && !isWithinPattern(text, pattern))
    issues.push(issue('pattern', { pattern }))
  return issues
}

/** min_length, max_length and pattern with the limits of one kind. */
export function textOptions(defaultMax: number, largest: number): readonly KindOption[] {
  return [
    {
      name: 'min_length',
      label: both('Shortest', '最少字数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 0, maximum: largest },
      default: 0,
    },
    {
      name: 'max_length',
      label: both('Longest', '最多字数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: largest },
      default: defaultMax,
    },
    {
      name: 'pattern',
      label: both('Pattern', '格式'),
      help: both('A regular expression that the whole text fits', '整段文字须匹配的正则表达式'),
      editor: 'pattern',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    },
  ]
}

function tidied(text: string, refused: RegExp): Parsed {
  if (refused.test(text)) return refuse('control-character')
  return accept(text === '' ? null : text)
}
