/** `sequence`: a number that the engine gives out by a pattern, `SO-202610-00042`. */
import type { Issue } from '#base/problems.ts'
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, issue, textOption } from '../../values/answer.ts'
import { checkText, parseLine } from '../../values/text-value.ts'

const longest = 100
const placeholder = /\{([^{}]*)\}/g

export const sequence = defineFieldKind({
  name: 'sequence',
  version: 1,
  label: both('Running number', '编号'),
  icon: 'hash',
  group: 'other',
  options: [
    {
      name: 'pattern',
      label: both('Pattern', '编号规则'),
      editor: 'text',
      required: true,
      help: both(
        '{YYYY} {MM} {DD}, {####} for the number, {field} or {link.field}',
        '{YYYY} {MM} {DD}，{####} 为流水号，{字段} 或 {关联.字段}',
      ),
      schema: { type: 'string', minLength: 3, maxLength: longest },
    },
    {
      name: 'scope',
      label: both('Counts separately per', '分别计数'),
      editor: 'fields',
      schema: {
        type: 'array',
        maxItems: 3,
        uniqueItems: true,
        items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
      },
    },
    {
      name: 'reset',
      label: both('Starts again', '重新计数'),
      editor: 'choice',
      default: 'never',
      schema: { enum: ['never', 'year', 'month', 'day'] },
      choices: [
        { value: 'never', label: both('Never', '从不') },
        { value: 'year', label: both('Every year', '每年') },
        { value: 'month', label: both('Every month', '每月') },
        { value: 'day', label: both('Every day', '每天') },
      ],
    },
    {
      name: 'on',
      label: both('Given on', '生成时机'),
      help: both('create, or the name of a transition', 'create，或流转动作的名称'),
      editor: 'text',
      default: 'create',
      schema: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
    },
    {
      name: 'gapless',
      label: both('Without gaps', '连续无断号'),
      help: both('Slower: one after the other', '较慢：逐个生成'),
      editor: 'switch',
      default: false,
      schema: { type: 'boolean' },
    },
  ],
  computable: false,
  generated: true,
  type: () => valueTypes.text,
  parse: (input) => parseLine(input),
  parseText: (typed) => parseLine(typed),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: (value) => (typeof value === 'string' ? checkText(value, { name: '', type: 'sequence' }, longest) : []),
  sample: (field) =>
    (textOption(field.pattern) ?? '{#####}').replace(placeholder, (_whole, name: string) => sampleOf(name)),
  checkOptions(field) {
    const pattern = textOption(field.pattern)
    return pattern === undefined ? [] : checkPattern(pattern, textOption(field.reset) ?? 'never')
  },
})

/** Exactly one run of `#`, known placeholders, and the parts of the date that a reset needs. */
function checkPattern(pattern: string, reset: string): readonly Issue[] {
  const names = [...pattern.matchAll(placeholder)].map((match) => match[1] ?? '')
  const counters = names.filter((name) => /^#{1,12}$/.test(name))
  const unknown = names.find((name) => !/^(?:YYYY|MM|DD|#{1,12}|[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,2})$/.test(name))
  if (/[{}]/.test(pattern.replace(placeholder, ''))) return [issue('sequence-pattern', { part: pattern }, '/pattern')]
  if (unknown !== undefined) return [issue('sequence-pattern', { part: `{${unknown}}` }, '/pattern')]
  if (counters.length !== 1) return [issue('sequence-counter', undefined, '/pattern')]
  const needed = { never: [], year: ['YYYY'], month: ['YYYY', 'MM'], day: ['YYYY', 'MM', 'DD'] }[reset] ?? []
  const missing = needed.find((part) => !names.includes(part))
  return missing === undefined ? [] : [issue('sequence-reset', { part: `{${missing}}` }, '/pattern')]
}

function sampleOf(name: string): string {
  if (name.startsWith('#')) return '1'.padStart(name.length, '0')
  return { YYYY: '2026', MM: '10', DD: '27' }[name] ?? 'A'
}
