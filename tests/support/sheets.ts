/** A small stock of things with every sort of value, and files to read back: what tests of export and import stand on. */
import { readXlsx } from 'hucre/xlsx'
import type { Definition } from '#definitions/definition.ts'
import type { RecordContext } from '#records/context.ts'
import { type ExportQuery, exportRecords } from '#records/export/run.ts'

export const sheetForms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'place',
    label: 'Place',
    title: { var: 'name' },
    fields: [{ name: 'name', type: 'text', required: true }],
  },
  {
    kind: 'form',
    name: 'thing',
    label: { en: 'Thing', 'zh-CN': '物品' },
    title: { var: 'name' },
    fields: [
      { name: 'code', type: 'text', unique: true, label: { en: 'Code', 'zh-CN': '编码' } },
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'price', type: 'money', label: { en: 'Price', 'zh-CN': '价格' } },
      { name: 'weight', type: 'decimal', scale: 3 },
      { name: 'count', type: 'integer' },
      { name: 'share', type: 'percent', scale: 2 },
      { name: 'seen', type: 'date' },
      { name: 'at', type: 'datetime' },
      { name: 'hour', type: 'time' },
      { name: 'took', type: 'duration' },
      { name: 'good', type: 'boolean' },
      {
        name: 'grade',
        type: 'choice',
        options: [
          { value: 'a', label: { en: 'Alpha', 'zh-CN': '甲' } },
          { value: 'b', label: { en: 'Beta', 'zh-CN': '乙' } },
        ],
      },
      {
        name: 'marks',
        type: 'multi_choice',
        options: [{ value: 'x', label: 'Ex, or so' }, { value: 'y' }],
      },
      { name: 'tags', type: 'tags' },
      { name: 'note', type: 'long_text' },
      { name: 'story', type: 'rich_text' },
      { name: 'where', type: 'region' },
      { name: 'place', type: 'link', to: 'place' },
      { name: 'places', type: 'links', to: 'place' },
      { name: 'about', type: 'any_link', to: ['place'] },
      { name: 'secret', type: 'text' },
      { name: 'account', type: 'text' },
      { name: 'twice', type: 'money', formula: { '*': [{ var: 'price' }, 2] } },
      {
        name: 'parts',
        type: 'table',
        label: { en: 'Parts', 'zh-CN': '部件' },
        fields: [
          { name: 'part', type: 'text', label: { en: 'Part', 'zh-CN': '部件名' } },
          { name: 'pieces', type: 'integer' },
          { name: 'from', type: 'link', to: 'place' },
        ],
      },
    ],
  },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [
      {
        form: 'thing',
        can: ['read', 'create', 'update'],
        hide: ['secret'],
        mask: ['account'],
      },
      {
        form: 'thing',
        can: ['export'],
        where: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
        hide: ['price'],
      },
      { form: 'place', can: ['read'] },
    ],
  },
  {
    kind: 'role',
    name: 'reader',
    label: 'Reader',
    grants: [{ form: 'thing', can: ['read'] }],
  },
  {
    kind: 'role',
    name: 'blind',
    label: 'Blind',
    grants: [{ form: 'thing', can: ['export'] }],
  },
]

export async function exported(context: RecordContext, form: string, query: ExportQuery): Promise<Buffer> {
  const { bytes } = await exportRecords(context, form, query)
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Rows of the first sheet as they are stored, typed. */
export async function workbookRows(bytes: Uint8Array): Promise<readonly (readonly unknown[])[]> {
  return (await readXlsx(bytes)).sheets[0]?.rows ?? []
}
