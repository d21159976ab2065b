/** An import that was checked as a whole: form, header and mapping; and what reads its cells, made anew for each batch. */
import { writableForm } from '#access/seen-model.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import { type RecordContext, requireVerb, visibleForm } from '../context.ts'
import type { WriteOptions } from '../write.ts'
import type { MadeTargets } from './batch.ts'
import { type CellReader, readColumns } from './cells.ts'
import { guessGroup, guessMapping, type ImportMapping, mappingIssues } from './mapping.ts'
import { makeMissing } from './missing-targets.ts'
import { LinkResolver } from './resolve.ts'

export interface ImportPlan {
  readonly form: string
  readonly header: readonly string[]
  readonly mapping: ImportMapping
}

/** Refusals: not-found, forbidden, record-invalid for a wrong mapping. What is not given is guessed from the header. */
export function planImport(
  context: RecordContext,
  asked: { readonly form: string; readonly header: readonly string[]; readonly mapping?: ImportMapping | null },
): ImportPlan {
  const form = importedForm(context, asked.form)
  const { header } = asked
  const mapping = complete(context, form, asked)
  const issues = mappingIssues({ model: context.model, policy: context.policy, form, header }, mapping)
  if (issues.length > 0)
    throw new Refusal('record-invalid', {
      issues: issues.map((issue) => ({ ...issue, pointer: `/mapping${issue.pointer}` })),
    })
  return { form: asked.form, header, mapping }
}

/** As the caller may write it. Refusals: not-found, forbidden. */
function importedForm(context: RecordContext, name: string): FormModel {
  const { form, policy } = visibleForm(context, name)
  requireVerb(policy, 'import')
  return writableForm(form, policy)
}

function complete(
  context: RecordContext,
  form: FormModel,
  { header, mapping }: { readonly header: readonly string[]; readonly mapping?: ImportMapping | null },
): ImportMapping {
  if (!mapping) return guessMapping(context.model, form, header)
  const group = mapping.group ?? guessGroup(form, mapping.columns)
  return { ...mapping, ...(group === null ? {} : { group }) }
}

/** For one transaction: it remembers what was found. Refusals: not-found, forbidden. */
export function openReader(
  context: RecordContext,
  plan: ImportPlan,
  how: { readonly options: WriteOptions; readonly today?: string | undefined },
): CellReader & { readonly made: MadeTargets } {
  const form = importedForm(context, plan.form)
  const resolver = new LinkResolver(context)
  const made: MadeTargets = []
  return {
    context,
    form,
    mapping: plan.mapping,
    columns: readColumns(form, plan.header, plan.mapping),
    resolver,
    today: how.today ?? null,
    made,
    missing: makeMissing({ context, resolver, options: how.options, made }),
  }
}
