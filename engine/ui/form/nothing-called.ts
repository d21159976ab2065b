/** The problem of a link whose text is no record's title. */
import type { Issue } from '#base/problems.ts'

export function nothingCalled(typed: string): Issue {
  const name = typed.trim()
  return {
    pointer: '',
    code: 'not-found',
    params: { typed: name },
    message: { en: `Nothing is called “${name}”`, 'zh-CN': `没有名为“${name}”的记录` },
  }
}
