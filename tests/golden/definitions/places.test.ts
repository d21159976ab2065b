import { describe, expect, it } from 'vitest'
import { buildModel } from '#definitions/build-model.ts'
import * as checked from '#definitions/check/places.ts'
import type { Definition } from '#definitions/definition.ts'
import type { FormModel, TableModel } from '#definitions/model.ts'
import * as run from '#expressions/places.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { base } from './case-parts.ts'

const built = buildModel(
  base.map((definition) => definition as unknown as Definition),
  fieldKinds,
  1,
)
if (!built.ok) throw new Error(JSON.stringify(built.problem))
const model = built.value
const order = model.forms.get('order') as FormModel
const customer = model.forms.get('customer') as FormModel
const lines = order.fields.get('lines')?.table as TableModel
const stored = { stored: true } as Parameters<typeof run.formulaPlace>[2]
const unstored = { stored: false } as Parameters<typeof run.formulaPlace>[2]

describe('an expression is checked where it runs', () => {
  it.each([
    ['a formula', checked.formulaPlace(model, order, stored), run.formulaPlace(model, order, stored)],
    ['a formula of a row', checked.formulaPlace(model, lines, stored), run.formulaPlace(model, lines, stored)],
    [
      'a formula computed when read',
      checked.formulaPlace(model, lines, unstored),
      run.formulaPlace(model, lines, unstored),
    ],
    ['a rule', checked.rulePlace(model, lines), run.rulePlace(model, lines)],
    ['a default', checked.defaultPlace(model, order), run.defaultPlace(model, order)],
    ['a check', checked.checkPlace(model, order), run.checkPlace(model, order)],
    ['a title', checked.titlePlace(model, order), run.titlePlace(model, order)],
    [
      'a filter of a link',
      checked.linkFilterPlace(model, lines, customer),
      run.linkFilterPlace(model, lines, customer),
    ],
    ['a condition of a roll-up', checked.rollupPlace(model, lines), run.rollupPlace(model, lines)],
    ['a row rule', checked.filterPlace(model, order), run.filterPlace(model, order)],
  ])('%s sees the same from both sides', (_title, there, here) => {
    expect(Object.fromEntries(Object.entries(there))).toEqual(Object.fromEntries(Object.entries(here)))
  })
})
