import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { buildModel } from '#definitions/build-model.ts'
import { checkModel } from '#definitions/check/check-model.ts'
import type { Definition } from '#definitions/definition.ts'
import { diffDefinitions } from '#definitions/diff/diff-definitions.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { compileExpression } from '#expressions/compile.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { sound } from './sound.ts'

const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    'nothing',
    'name',
    'lines',
    'state',
    'order',
    0,
    -1,
    true,
    [],
    {},
    ['nothing'],
    { var: 'nothing' },
    { var: 'total' },
    { en: 'A' },
    [{ name: 'x' }],
  ),
  fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
)

/** Every place of a value, by path. */
function places(value: Json, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const children = Array.isArray(value)
    ? value.map((child: Json, key): [number, Json] => [key, child])
    : isObject(value)
      ? Object.entries(value)
      : []
  return [...(path.length > 0 ? [path] : []), ...children.flatMap(([key, child]) => places(child, [...path, key]))]
}

/** The value with another one at the place; `undefined` takes it away. */
function changed(value: Json, [head, ...rest]: readonly (string | number)[], next: Json | undefined): Json {
  if (head === undefined) return next ?? null
  const inner = rest.length > 0
  if (Array.isArray(value))
    return value.flatMap((child: Json, key) =>
      key !== head ? [child] : inner ? [changed(child, rest, next)] : next === undefined ? [] : [next],
    )
  const entries = Object.entries(value as JsonObject)
  return Object.fromEntries(
    entries.flatMap(([key, child]) =>
      key !== head
        ? [[key, child]]
        : inner
          ? [[key, changed(child, rest, next)]]
          : next === undefined
            ? []
            : [[key, next]],
    ),
  )
}

describe('a definition with one thing wrong', () => {
  it('is parsed, built, checked and compared without a crash, whatever the thing', () => {
    const spots = sound.flatMap((definition, at) => places(definition as Json).map((path) => ({ at, path })))
    fc.assert(
      fc.property(fc.constantFrom(...spots), fc.option(strange, { nil: undefined }), ({ at, path }, next) => {
        const before = sound[at] as unknown as Definition
        const parsed = parseDefinition(changed(before as unknown as Json, path, next), fieldKinds)
        if (!parsed.ok) return void expect(parsed.problem.length).toBeGreaterThan(0)
        const whole = sound.map((definition, index) =>
          index === at ? parsed.value : (definition as unknown as Definition),
        )
        const model = buildModel(whole, fieldKinds, 1)
        if (model.ok) checkModel(model.value, compileExpression)
        diffDefinitions(before, parsed.value)
      }),
      { numRuns: 400 },
    )
  })
})
