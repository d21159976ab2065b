/** Prints: each block shows one thing of the form that exists. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FormModel, Model } from '../model.ts'
import { valueTypes } from '../value-type.ts'
import { type Check, type Checking, error, expressionIssues, mustAllExist } from './checking.ts'
import { placeholderIssues } from './effects.ts'
import { hasRole } from './people.ts'
import { rulePlace } from './places.ts'
import { findPath } from './resolve.ts'

export const checkPrints: Check = (checking) =>
  [...checking.model.prints.values()].flatMap((print) => {
    const pointer = `/print/${print.name}`
    const form = checking.model.forms.get(print.form)
    if (!form) return [error(`${pointer}/form`, 'unknown-form', { name: print.form })]
    const place = rulePlace(checking.model, form)
    return [
      ...mustAllExist(print.roles as readonly string[] | undefined, hasRole(checking), {
        pointer: `${pointer}/roles`,
        code: 'unknown-role',
      }),
      ...expressionIssues(checking, print.file_name as Json | undefined, {
        pointer: `${pointer}/file_name`,
        place,
        expected: valueTypes.text,
      }),
      ...(['header', 'body', 'footer'] as const).flatMap((part) =>
        blocks(print[part]).flatMap((block) =>
          blockIssues({ ...checking, form, pointer: `${pointer}/${part}/${block.id}` }, block),
        ),
      ),
    ]
  })

interface BlockPlace extends Checking {
  readonly form: FormModel
  readonly pointer: string
}

const contents = ['text', 'field', 'fields', 'table', 'image', 'line', 'space', 'qr'] as const

function blocks(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}

function blockIssues(place: BlockPlace, block: JsonObject): readonly Issue[] {
  const { model, form, pointer } = place
  if (contents.filter((content) => block[content] !== undefined).length !== 1)
    return [error(pointer, 'exactly-one', { of: contents.join(', ') })]
  const values = isObject(block.with) ? Object.entries(block.with) : []
  const at = rulePlace(model, form)
  return [
    ...placeholderIssues(block, pointer),
    ...values.flatMap(([name, value]) =>
      expressionIssues(place, value, { pointer: `${pointer}/with/${name}`, place: at }),
    ),
    ...expressionIssues(place, block.when, { pointer: `${pointer}/when`, place: at, expected: valueTypes.boolean }),
    ...expressionIssues(place, block.qr, { pointer: `${pointer}/qr`, place: at }),
    ...pathIssues(place, { property: 'field', paths: [block.field] }),
    ...pathIssues(place, { property: 'image', paths: [block.image] }),
    ...pathIssues(place, { property: 'fields', paths: Array.isArray(block.fields) ? block.fields : [] }),
    ...tableIssues(place, block),
  ]
}

function pathIssues(
  { model, form, pointer }: { readonly model: Model; readonly form: FormModel; readonly pointer: string },
  { property, paths }: { readonly property: string; readonly paths: readonly (Json | undefined)[] },
): readonly Issue[] {
  return paths
    .filter((path) => typeof path === 'string' && !findPath(model, form, path))
    .map((name) => error(`${pointer}/${property}`, 'unknown-field', { name: String(name) }))
}

function tableIssues({ form, pointer }: BlockPlace, block: JsonObject): readonly Issue[] {
  const lists = (['columns', 'totals'] as const).filter((list) => block[list] !== undefined)
  if (block.table === undefined)
    return lists.map((property) =>
      error(`${pointer}/${property}`, 'property-not-for-type', { property, type: 'block' }),
    )
  const table = form.fields.get(String(block.table))?.table
  if (!table) return [error(`${pointer}/table`, 'unknown-table', { name: String(block.table) })]
  return lists.flatMap((list) =>
    mustAllExist(block[list] as readonly string[], table.fields, {
      pointer: `${pointer}/${list}`,
      code: 'unknown-field',
    }),
  )
}
