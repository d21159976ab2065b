/** Links to records: ids on the wire, and the options that link kinds share. What a link shows is resolved above. */
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindOption, Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, refuse } from './answer.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id for previews; it names no record. */
export const sampleId = '01900000-0000-7000-8000-000000000001'

export function isRecordId(text: string): boolean {
  return uuid.test(text)
}

/** The id of a record, or `{id}` as a read gives it → the id. */
export function parseRecordId(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : input
  if (typeof id !== 'string') return refuse('wrong-type', { expected: 'link' })
  const plain = id.trim().toLowerCase()
  return isRecordId(plain) ? accept(plain) : refuse('not-a-link')
}

/** The form that the field points at. */
export function targetOf(field: FieldDefinition): string {
  return typeof field.to === 'string' ? field.to : ''
}

const name = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' }

export const toOption: KindOption = {
  name: 'to',
  label: both('Links to', '引用表单'),
  editor: 'form',
  schema: name,
  required: true,
}

export const filterOption: KindOption = {
  name: 'filter',
  label: both('Offer only', '可选范围'),
  editor: 'expression',
  help: both(
    'Sees the fields of the candidate and, as $record, the record being edited',
    '可用候选记录的字段，以及正在编辑的记录（$record）',
  ),
  schema: { type: 'object' },
}

export const copyOptions: readonly KindOption[] = [
  {
    name: 'copy',
    label: both('Copy when set', '选定时带入'),
    editor: 'copy',
    help: both('Field here ← field there', '本表字段 ← 对方字段'),
    schema: { type: 'object', propertyNames: name, additionalProperties: name, minProperties: 1 },
  },
  {
    name: 'copy_mode',
    label: both('Copy', '带入方式'),
    editor: 'choice',
    default: 'empty',
    schema: { enum: ['empty', 'always'] },
    choices: [
      { value: 'empty', label: both('Only into empty fields', '仅填空字段') },
      { value: 'always', label: both('Always', '总是覆盖') },
    ],
  },
]

/** What happens to this link when its target is deleted. */
export function onDeleteOption(...modes: readonly OnDelete[]): KindOption {
  return {
    name: 'on_delete',
    label: both('When the target is deleted', '目标删除时'),
    editor: 'choice',
    default: 'block',
    schema: { enum: [...modes] },
    choices: modes.map((mode) => ({ value: mode, label: onDeleteLabels[mode] })),
  }
}

export type OnDelete = keyof typeof onDeleteLabels

const onDeleteLabels = {
  block: both('Refuse', '阻止删除'),
  clear: both('Clear this field', '清空本字段'),
  cascade: both('Delete this record too', '一并删除本记录'),
} as const
