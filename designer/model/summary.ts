/** What publishing would change, by label and in both languages: fields that come, change and go, and the layout. */
import { resolveText, type Text } from '#base/text.ts'
import type { FieldDefinition, FormDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type Words, words } from './titles.ts'
import { sameJson } from './to-definition.ts'

export interface SummaryLine {
  readonly change: 'added' | 'changed' | 'removed'
  readonly text: Words
}

/** `before` null: the form is new. */
export function summaryOf(
  before: FormDefinition | null,
  after: FormDefinition,
  kinds: FieldKinds,
): readonly SummaryLine[] {
  if (!before)
    return [
      {
        change: 'added',
        text: words(
          `New form ${labelOf(after, 'en')} with ${after.fields.length} fields`,
          `新表单“${labelOf(after, 'zh-CN')}”，${after.fields.length} 个字段`,
        ),
      },
    ]
  return [
    ...fieldLines(before.fields, after.fields, { kinds, of: null }),
    ...(sameJson([before.label, before.icon, before.title], [after.label, after.icon, after.title])
      ? []
      : [line('changed', 'Label, icon or title of the form', '表单的标签、图标或标题')]),
    ...(sameJson(before.layout, after.layout) ? [] : [line('changed', 'Layout', '布局')]),
  ]
}

interface Among {
  readonly kinds: FieldKinds
  /** The table whose columns they are. */
  readonly of: FieldDefinition | null
}

function fieldLines(
  before: readonly FieldDefinition[],
  after: readonly FieldDefinition[],
  among: Among,
): readonly SummaryLine[] {
  const was = new Map(before.map((field) => [field.name, field]))
  const is = new Set(after.map((field) => field.name))
  const gone = before.filter((field) => !is.has(field.name)).map((field) => told('removed', field, among))
  return [...after.flatMap((field) => changedLines(was.get(field.name), field, among)), ...gone]
}

function changedLines(
  before: FieldDefinition | undefined,
  after: FieldDefinition,
  among: Among,
): readonly SummaryLine[] {
  if (!before) return [told('added', after, among)]
  const { fields: oldColumns = [], ...old } = before
  const { fields: columns = [], ...now } = after
  const properties = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => !sameJson((old as FieldDefinition)[key], (now as FieldDefinition)[key]),
  )
  const own = properties.length > 0 ? [told('changed', after, among, properties)] : []
  return [...own, ...fieldLines(oldColumns, columns, { ...among, of: after })]
}

function told(
  change: SummaryLine['change'],
  field: FieldDefinition,
  { kinds, of }: Among,
  properties: readonly string[] = [],
): SummaryLine {
  const name = (locale: 'en' | 'zh-CN') =>
    of ? `${labelOf(of, locale)} › ${labelOf(field, locale)}` : labelOf(field, locale)
  const kind = (locale: 'en' | 'zh-CN') => resolveText(kinds.get(field.type)?.label, locale)
  const what = of ? words('column', '列') : words('field', '字段')
  if (change === 'added')
    return line(
      change,
      `New ${what.en} ${name('en')} (${kind('en')})`,
      `新${what['zh-CN']}“${name('zh-CN')}”（${kind('zh-CN')}）`,
    )
  if (change === 'removed')
    return line(
      change,
      `${name('en')} is removed; what records hold stays stored`,
      `移除“${name('zh-CN')}”，记录中的数据仍保留`,
    )
  return line(change, `${name('en')}: ${properties.join(', ')}`, `${name('zh-CN')}：${properties.join('、')}`)
}

function line(change: SummaryLine['change'], en: string, zh: string): SummaryLine {
  return { change, text: words(en, zh) }
}

function labelOf({ label, name }: { readonly label?: Text; readonly name: string }, locale: 'en' | 'zh-CN'): string {
  return resolveText(label, locale) || name
}
