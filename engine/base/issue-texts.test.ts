import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hasIssueText, issueHint, issueText } from './issue-texts.ts'
import { catalogue } from './problems.ts'

const engine = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(engine, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))

/** The ways in which code makes an issue: an object with a pointer and a code, or one of the small makers. */
const makers = [
  /pointer[^{}]{0,200}?\bcode: '([a-z]+(?:-[a-z]+)*)'/g,
  /\b(?:issue|refuse|error|warning|failed|at)\((?:[^'"()\n]|\([^()\n]*\)|`[^`\n]*`){0,120}?,? ?'([a-z]+(?:-[a-z]+)+)'/g,
]

function codesIn(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  return makers.flatMap((maker) => [...text.matchAll(maker)].map((match) => match[1] ?? ''))
}

describe('issue texts', () => {
  it('exist for every code that the engine uses', () => {
    const used = new Map(
      sources.flatMap((file) => codesIn(file).map((code) => [code, file.slice(engine.length)] as const)),
    )
    const missing = [...used].filter(([code]) => !hasIssueText(code) && !Object.hasOwn(catalogue, code))
    expect(used.size).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  it('fill in parameters, in both languages', () => {
    const issue = { pointer: '/quantity', code: 'minimum', params: { min: 1 } }
    expect([issueText(issue, 'en'), issueText(issue, 'zh-CN')]).toEqual(['At least 1', '不得小于 1'])
    expect(issueHint({ pointer: '', code: 'newer-format', params: {} }, 'zh-CN')).toBe('请先升级 Formloom。')
  })

  it('name the place where the issue names nothing', () => {
    expect(issueText({ pointer: '/lines/0/colour', code: 'unknown-field' }, 'en')).toBe('There is no field colour')
    expect(issueText({ pointer: '/filter', code: 'unknown-field', params: { field: 'colour' } }, 'en')).toBe(
      'There is no field colour',
    )
  })

  it('let a definition speak for itself', () => {
    expect(
      issueText(
        { pointer: '', code: 'check-failed', message: { en: 'Over {max}', 'zh-CN': '超出 {max}' }, params: { max: 9 } },
        'zh-CN',
      ),
    ).toBe('超出 9')
    expect(issueText({ pointer: '', code: 'constructor' }, 'en')).toBe('constructor')
  })
})
