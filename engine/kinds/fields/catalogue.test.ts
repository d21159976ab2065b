import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hasIssueText } from '#base/issue-texts.ts'
import { fieldKinds } from './catalogue.ts'

const shelf = fileURLToPath(new URL('.', import.meta.url))
const folders = readdirSync(shelf, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

describe('the catalogue of field kinds', () => {
  it('lists the folders of the shelf, each under its own name', () => {
    expect([...fieldKinds.keys()].sort()).toEqual(folders.sort())
  })

  it('has samples and a test in every folder', () => {
    for (const folder of folders) {
      expect(readdirSync(`${shelf}/${folder}`)).toEqual(
        expect.arrayContaining(['kind.ts', 'kind.test.ts', 'samples.json']),
      )
    }
  })

  it('names an icon of the icon set for every kind', () => {
    const icons = fileURLToPath(new URL('../../../node_modules/@tabler/icons/icons/outline', import.meta.url))
    for (const { icon } of fieldKinds.values()) expect(existsSync(`${icons}/${icon}.svg`), icon).toBe(true)
  })

  it('has a text for every issue code that its samples name', async () => {
    for (const folder of folders) {
      const samples = await import(`./${folder}/samples.json`, { with: { type: 'json' } })
      const codes = JSON.stringify(samples.default).matchAll(/"code":"([a-z-]+)"/g)
      for (const [, code = ''] of codes) expect(hasIssueText(code), code).toBe(true)
    }
  })
})
