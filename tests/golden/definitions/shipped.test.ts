import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildModel } from '#definitions/build-model.ts'
import { canonicalText } from '#definitions/canonical.ts'
import { checkModel, isError } from '#definitions/check/check-model.ts'
import type { SourcedDefinition } from '#definitions/definition.ts'
import { parseJsonText } from '#definitions/json-text.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { compileExpression } from '#expressions/compile.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'

const templates = fileURLToPath(new URL('../../../templates/', import.meta.url))
const packs = readdirSync(templates, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(templates + entry.name).includes('pack.json'))
  .map(({ name }) => name)
const files = packs.flatMap((pack) =>
  readdirSync(join(templates, pack), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => [pack, file] as const),
)

function parsed(pack: string, file: string) {
  const json = parseJsonText(readFileSync(join(templates, pack, file), 'utf8'))
  return json.ok ? parseDefinition(json.value, fieldKinds) : json
}

describe('the packs that are shipped', () => {
  it.each(files)('%s/%s parses', (pack, file) => {
    expect(parsed(pack, file)).toMatchObject({ ok: true })
  })

  it.each(files)('%s/%s is written in canonical form (formloom pack format)', (pack, file) => {
    const text = readFileSync(join(templates, pack, file), 'utf8')
    expect(text).toBe(canonicalText(JSON.parse(text)))
  })

  it('make a whole without an error', () => {
    const sources = files.flatMap(([pack, file]): SourcedDefinition[] => {
      const result = parsed(pack, file)
      return result.ok ? [{ definition: result.value as SourcedDefinition['definition'], pack }] : []
    })
    const model = buildModel(sources, fieldKinds, 1)
    expect(model.ok ? checkModel(model.value, compileExpression).filter(isError) : model.problem).toEqual([])
  })
})
