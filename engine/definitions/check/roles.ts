/** Roles: forms, fields and transitions of grants and denies exist; row rules can be asked of the database. */
import type { Issue } from '#base/problems.ts'
import type { Grant } from '../definition.ts'
import type { FormModel } from '../model.ts'
import { valueTypes } from '../value-type.ts'
import { type Check, type Checking, error, expressionIssues, mustExist } from './checking.ts'
import { filterPlace } from './places.ts'
import { findColumn } from './resolve.ts'

export const checkRoles: Check = (checking) =>
  [...checking.model.roles.values()].flatMap((role) => [
    ...role.grants.flatMap((grant, index) => grantIssues(checking, grant, `/role/${role.name}/grants/${index}`)),
    ...(role.denies ?? []).flatMap((grant, index) =>
      grantIssues(checking, grant, `/role/${role.name}/denies/${index}`),
    ),
  ])

function grantIssues(checking: Checking, grant: Grant, pointer: string): readonly Issue[] {
  const form = checking.model.forms.get(grant.form)
  if (!form) return [error(`${pointer}/form`, 'unknown-form', { name: grant.form })]
  const where = typeof grant.where === 'boolean' ? undefined : grant.where
  return [
    ...verbIssues(form, grant, pointer),
    ...(['show', 'hide', 'readonly', 'mask'] as const).flatMap((property) =>
      fieldIssues(form, grant[property], `${pointer}/${property}`),
    ),
    ...maskIssues(form, grant, pointer),
    ...expressionIssues(checking, where, {
      pointer: `${pointer}/where`,
      place: filterPlace(checking.model, form),
      expected: valueTypes.boolean,
    }),
  ]
}

function verbIssues(form: FormModel, grant: Grant, pointer: string): readonly Issue[] {
  const transitions = new Set(form.lifecycle?.transitions.map((transition) => transition.name))
  return grant.can.flatMap((verb, index) => {
    const name = verb.startsWith('transition:') ? verb.slice('transition:'.length) : undefined
    return mustExist(name, transitions, { pointer: `${pointer}/can/${index}`, code: 'unknown-transition' })
  })
}

function fieldIssues(form: FormModel, paths: readonly string[] | undefined, pointer: string): readonly Issue[] {
  return (paths ?? []).flatMap((path, index) =>
    findColumn(form, path) ? [] : [error(`${pointer}/${index}`, 'unknown-field', { name: path })],
  )
}

/** The last four characters are something only of text. */
function maskIssues(form: FormModel, grant: Grant, pointer: string): readonly Issue[] {
  return (grant.mask ?? []).flatMap((path, index) => {
    const type = findColumn(form, path)?.type
    return type && type.is !== 'text'
      ? [error(`${pointer}/mask/${index}`, 'type-mismatch', { expected: 'text', found: type.is })]
      : []
  })
}
