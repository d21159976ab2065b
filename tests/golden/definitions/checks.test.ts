import { describe, expect, it } from 'vitest'
import { definitionTexts } from '#base/issue-texts/definition-texts.ts'
import { hasIssueText, issueText } from '#base/issue-texts.ts'
import type { Issue } from '#base/problems.ts'
import { buildModel } from '#definitions/build-model.ts'
import { checkModel } from '#definitions/check/check-model.ts'
import type { Definition } from '#definitions/definition.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { compileExpression } from '#expressions/compile.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { base, definitionsOf } from './case-parts.ts'
import { formCases } from './form-cases.ts'
import { otherCases } from './other-cases.ts'
import { sound } from './sound.ts'

const cases = [...formCases, ...otherCases]

function issuesOf(definitions: Parameters<typeof buildModel>[0]): readonly Issue[] {
  const model = buildModel(definitions, fieldKinds, 1)
  return model.ok ? checkModel(model.value, compileExpression) : model.problem
}
const short = (issues: readonly Issue[]) => issues.map(({ pointer, code }) => `${pointer} ${code}`)

describe('checkModel', () => {
  it('has nothing to say about sound definitions', () => {
    expect(short(issuesOf(base.map((definition) => definition as unknown as Definition)))).toEqual([])
    expect(short(issuesOf([]))).toEqual([])
    expect(short(issuesOf(sound.map((definition) => definition as unknown as Definition)))).toEqual([])
    for (const definition of sound) expect(parseDefinition(definition, fieldKinds)).toMatchObject({ ok: true })
  })

  it.each(cases.map((one) => [one.title, one] as const))('finds %s', (_title, one) => {
    const found = issuesOf(definitionsOf(one)).find(
      (issue) => issue.pointer === one.issue[0] && issue.code === one.issue[1],
    )
    expect(found, short(issuesOf(definitionsOf(one))).join('\n')).toBeDefined()
    expect(found?.severity).toBe(one.severity)
    for (const locale of ['en', 'zh-CN']) expect(found && issueText(found, locale)).not.toMatch(/[{}]/)
  })

  it.each(cases.map((one) => [one.title, one] as const))(
    'lets the schema pass %s: only the checks can know',
    (_title, one) => {
      for (const { definition } of definitionsOf(one))
        expect(parseDefinition(definition, fieldKinds)).toMatchObject({ ok: true })
    },
  )

  it('has a case for every code of the semantic checks', () => {
    const elsewhere = [
      // Said by parse, by the build and by publish; tested beside them.
      'json-syntax',
      'duplicate-key',
      'not-plain-json',
      'too-deep',
      'too-many-nodes',
      'forbidden-name',
      'newer-format',
      'unknown-property',
      'missing-property',
      'not-allowed-value',
      'bad-name',
      'bad-key',
      'name-or-extends',
      'duplicate',
      'pack-cycle',
      'extends-missing',
      'extends-not-required',
      'extension-changes',
      'unknown-after',
      'not-published',
      'pack-foreign-file',
      'pack-file-missing',
      'pack-file-name',
      'pack-older',
      'upgrade-conflict',
      'upgrade-no-conflict',
      'type-change-needs-conversion',
    ]
    const said = new Set([...cases.map(({ issue }) => issue[1]), ...elsewhere])
    expect(Object.keys(definitionTexts).filter((code) => !said.has(code))).toEqual([])
    expect(cases.filter(({ issue }) => !hasIssueText(issue[1]))).toEqual([])
  })

  it('shows the path of a circle', () => {
    const circle = cases.find(({ title }) => title === 'a circle over rows and parent')
    const issue = circle && issuesOf(definitionsOf(circle)).find(({ code }) => code === 'formula-cycle')
    expect(issue?.params?.path).toBe('order.discount → order.total → order.lines.amount → order.discount')
  })
})

describe('checks end in bounded time', () => {
  const chain = (length: number, closed: boolean): Definition => ({
    kind: 'form',
    name: 'chain',
    label: 'Chain',
    fields: Array.from({ length }, (_, at) => ({
      name: `f${at}`,
      type: 'integer',
      label: 'F',
      formula: at + 1 < length || closed ? { '+': [{ var: `f${(at + 1) % length}` }, 1] } : 1,
    })),
  })

  it('follows a chain of 1,000 formulas, and a circle of as many', () => {
    const started = performance.now()
    expect(short(issuesOf([chain(1000, false)]))).toEqual([])
    expect(issuesOf([chain(1000, true)]).map(({ code }) => code)).toEqual(['formula-cycle'])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('judges a runaway pattern without running it', () => {
    const started = performance.now()
    for (const pattern of [
      '(a+)+$',
      '(a|a)*$',
      '(.*)*x',
      '((a{1,100}){1,100}){1,100}',
      '(x+x+)+y',
      '(?=a)b',
      '\\1',
      '('.repeat(100),
      '[',
      'a{99999}',
      'a**',
    ]) {
      const field = { name: 'x', type: 'text', label: 'X', pattern }
      expect(short(issuesOf([{ kind: 'form', name: 'a', label: 'A', fields: [field] }])), pattern).toEqual([
        '/form/a/fields/x/pattern unsafe-pattern',
      ])
    }
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('takes the patterns that people need', () => {
    for (const pattern of [
      '[A-Z]{2}\\d{6}',
      '^\\d{3}-\\d{4}$',
      '[^@\\s]+@[^@\\s]+',
      '(red|green|blue)',
      '\\p{L}+'.replace('\\p{L}', '[a-z]'),
      '(\\d\\d)?',
      '[一-龥]{2,4}',
      '(?:ab){3}',
    ]) {
      const field = { name: 'x', type: 'text', label: 'X', pattern }
      expect(short(issuesOf([{ kind: 'form', name: 'a', label: 'A', fields: [field] }])), pattern).toEqual([])
    }
  })
})
