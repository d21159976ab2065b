/** One entry of the catalogue of issue texts. */
import type { Text } from '../text.ts'

export interface IssueText {
  /** With `{params}` of the issue. */
  readonly text: Text
  /** What to do; where the text does not say it already. */
  readonly hint?: Text
}

/** `say('Required', '必填')`, with a hint in both languages where one helps. */
export function say(en: string, zh: string, hint?: readonly [en: string, zh: string]): IssueText {
  return { text: { en, 'zh-CN': zh }, ...(hint ? { hint: { en: hint[0], 'zh-CN': hint[1] } } : {}) }
}
