/** A publication in words: one line per thing that is new, changed or gone, in both languages. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { resolveText, type Text } from '#base/text.ts'
import type { DefinitionKind } from '#definitions/definition.ts'
import type { DefinitionChange } from './definition-set.ts'

export type ChangeVerb = 'added' | 'changed' | 'removed'

export interface WordedChange {
  readonly change: ChangeVerb
  readonly kind: DefinitionKind
  readonly name: string
  readonly pack: string | null
  /** Below the definition, by name: `/fields/total`; empty: the definition as a whole. */
  readonly pointer: string
  readonly text: Text
}

const kindWords: Readonly<Record<DefinitionKind, readonly [en: string, zh: string]>> = {
  pack: ['Pack', '模板包'],
  form: ['Form', '表单'],
  lifecycle: ['Lifecycle', '生命周期'],
  flow: ['Flow', '流程'],
  view: ['View', '视图'],
  report: ['Report', '报表'],
  dashboard: ['Dashboard', '仪表盘'],
  role: ['Role', '角色'],
  print: ['Print', '打印模板'],
  calendar: ['Calendar', '日历'],
}
const verbWords: Readonly<Record<ChangeVerb, readonly [en: string, zh: string]>> = {
  added: ['new', '新增'],
  changed: ['changed', '修改'],
  removed: ['removed', '移除'],
}
/** Arrays of named members whose members are told one by one. */
const memberWords: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  fields: ['field', '字段'],
  checks: ['check', '校验'],
  measures: ['measure', '指标'],
  states: ['state', '状态'],
  transitions: ['transition', '流转'],
  options: ['option', '选项'],
  steps: ['step', '步骤'],
  holidays: ['holiday', '节假日'],
}

/** A definition that is new or gone is one line; one that changed has a line per named member, and one for the rest. */
export function changeWords(changes: readonly DefinitionChange[]): readonly WordedChange[] {
  return changes.flatMap(({ key, before, after }) => {
    const of = { kind: key.kind, name: key.name, pack: key.pack ?? null }
    const subject = subjectOf(key.kind, (after ?? before) as unknown as JsonObject, key.name)
    if (!before || !after) return [worded(of, { change: before ? 'removed' : 'added', pointer: '', subject })]
    return memberChanges(before as unknown as JsonObject, after as unknown as JsonObject, '').map((member) =>
      worded(of, { ...member, subject: [...subject, ...(member.subject ?? [])] }),
    )
  })
}

type Words = readonly [en: string, zh: string]

interface Told {
  readonly change: ChangeVerb
  readonly pointer: string
  readonly subject: readonly Words[] | null
}

function memberChanges(before: JsonObject, after: JsonObject, pointer: string): readonly Told[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isSame(before[key], after[key]),
  )
  const members = keys
    .filter((key) => key in memberWords)
    .flatMap((key) => listChanges(listOf(before[key]), listOf(after[key]), { key, pointer: `${pointer}/${key}` }))
  const rest = keys.filter((key) => !(key in memberWords))
  return rest.length > 0 || members.length === 0
    ? [
        {
          change: 'changed',
          pointer: rest.length === 1 ? `${pointer}/${rest[0]}` : pointer,
          subject: rest.length > 0 ? [[rest.join(', '), rest.join('、')]] : null,
        },
        ...members,
      ]
    : members
}

function listChanges(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  at: { key: string; pointer: string },
): readonly Told[] {
  const name = (item: JsonObject) => String(item.name ?? item.value ?? item.id ?? '')
  const was = new Map(before.map((item) => [name(item), item]))
  const is = new Map(after.map((item) => [name(item), item]))
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((member): readonly Told[] => {
    const [old, now] = [was.get(member), is.get(member)]
    if (isSame(old, now)) return []
    const subject = [memberSubject(at.key, (now ?? old) as JsonObject, member)]
    const pointer = `${at.pointer}/${member}`
    if (!old || !now) return [{ change: old ? 'removed' : 'added', pointer, subject }]
    return memberChanges(old, now, pointer).map((told) => ({ ...told, subject: [...subject, ...(told.subject ?? [])] }))
  })
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function subjectOf(kind: DefinitionKind, definition: JsonObject, name: string): readonly Words[] {
  const [en, zh] = kindWords[kind]
  return [[`${en} ${labelOf(definition, name, 'en')}`, `${zh}“${labelOf(definition, name, 'zh-CN')}”`]]
}

function memberSubject(key: string, member: JsonObject, name: string): Words {
  const [en, zh] = memberWords[key] ?? [key, key]
  return [`${en} ${labelOf(member, name, 'en')}`, `${zh}“${labelOf(member, name, 'zh-CN')}”`]
}

function labelOf(thing: JsonObject, name: string, locale: string): string {
  const label = resolveText(thing.label as Text | undefined, locale)
  return label === '' || label === name ? name : `${label} (${name})`
}

function worded(of: Pick<WordedChange, 'kind' | 'name' | 'pack'>, { change, pointer, subject }: Told): WordedChange {
  const [en, zh] = verbWords[change]
  const words = subject ?? []
  return {
    change,
    ...of,
    pointer,
    text: {
      en: `${words.map(([text]) => text).join(', ')}: ${en}`,
      'zh-CN': `${words.map(([, text]) => text).join('，')}：${zh}`,
    },
  }
}

function isSame(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
