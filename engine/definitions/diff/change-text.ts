/** A difference in words, in both languages. */
import { isObject, type Json } from '#base/json.ts'
import { pointerSegments } from '#base/json-pointer.ts'
import { fillText, resolveText, type Text } from '#base/text.ts'
import type { DefinitionKind } from '../definition.ts'
import type { DefinitionChange } from './change.ts'

const kindWords: Readonly<Record<DefinitionKind, readonly [en: string, zh: string]>> = {
  pack: ['pack', '套件'],
  form: ['form', '表单'],
  lifecycle: ['lifecycle', '生命周期'],
  flow: ['flow', '流程'],
  view: ['view', '视图'],
  report: ['report', '报表'],
  dashboard: ['dashboard', '仪表盘'],
  role: ['role', '角色'],
  print: ['print', '打印模板'],
  calendar: ['calendar', '日历'],
}

/** Lists whose members have a word of their own. */
const memberWords: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  fields: ['field', '字段'],
  checks: ['check', '校验'],
  measures: ['measure', '指标'],
  states: ['state', '状态'],
  transitions: ['transition', '流转'],
  options: ['option', '选项'],
  tabs: ['tab', '标签页'],
  sections: ['section', '分区'],
  items: ['item', '项'],
  steps: ['step', '步骤'],
}

const sentences: Readonly<Record<DefinitionChange['change'], readonly [en: string, zh: string]>> = {
  added: ['{what} added', '新增{what}'],
  removed: ['{what} removed', '删除{what}'],
  changed: ['{what} changed: {before} → {after}', '{what}由 {before} 改为 {after}'],
  moved: ['Order of {what} changed', '{what}的顺序已调整'],
}

export function changeText(change: Omit<DefinitionChange, 'text'>): Text {
  const [en, zh] = sentences[change.change]
  return {
    en: fillText(en, {
      what: whatOf(change, 0),
      before: shortOf(change.before, 'en'),
      after: shortOf(change.after, 'en'),
    }),
    'zh-CN': fillText(zh, {
      what: whatOf(change, 1),
      before: shortOf(change.before, 'zh-CN'),
      after: shortOf(change.after, 'zh-CN'),
    }),
  }
}

/** `form order › field total › formula`. */
function whatOf({ kind, name, pointer }: Omit<DefinitionChange, 'text'>, language: 0 | 1): string {
  const parts = [`${kindWords[kind][language]} ${name}`]
  const segments = pointerSegments(pointer)
  for (let at = 0; at < segments.length; at++) {
    const word = memberWords[segments[at] ?? '']
    if (word && at + 1 < segments.length) parts.push(`${word[language]} ${segments[++at]}`)
    else parts.push(segments[at] ?? '')
  }
  return parts.join(' › ')
}

function shortOf(value: Json | undefined, locale: string): string {
  if (value === undefined) return ''
  const isText =
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((key) => /^[a-z]{2}(-[A-Z]{2})?$/.test(key))
  const text = isText ? resolveText(value as Text, locale) : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
