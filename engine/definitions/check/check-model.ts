/** All semantic checks of the interpreted whole, in one list. The same checks run in the designer, at publish and on the command line. */
import type { Issue } from '#base/problems.ts'
import type { Model } from '../model.ts'
import { checkCalendars } from './calendars.ts'
import type { Check, CompileExpression } from './checking.ts'
import { checkCycles } from './cycles.ts'
import { checkDashboards } from './dashboards.ts'
import { checkExpressions } from './expressions.ts'
import { checkFields } from './fields.ts'
import { checkFlows } from './flows.ts'
import { checkFormParts } from './form-parts.ts'
import { checkLabels } from './labels.ts'
import { checkLayouts } from './layouts.ts'
import { checkLifecycles } from './lifecycles.ts'
import { checkLinks } from './links.ts'
import { checkNames } from './names.ts'
import { checkPacks } from './packs.ts'
import { checkPrints } from './prints.ts'
import { checkReports } from './reports.ts'
import { checkRoles } from './roles.ts'
import { checkRollups } from './rollups.ts'
import { checkViews } from './views.ts'

const checks: readonly Check[] = [
  checkNames,
  checkPacks,
  checkFields,
  checkLinks,
  checkRollups,
  checkExpressions,
  checkCycles,
  checkFormParts,
  checkLayouts,
  checkLifecycles,
  checkFlows,
  checkViews,
  checkReports,
  checkDashboards,
  checkPrints,
  checkRoles,
  checkCalendars,
  checkLabels,
]

/**
 * Every issue of the model: errors first, then warnings (`severity: 'warning'`). Pointers as `checking.ts` says.
 * `compile` is `compileExpression` of the expression layer.
 */
export function checkModel(model: Model, compile: CompileExpression): readonly Issue[] {
  const issues = checks.flatMap((check) => check({ model, compile }))
  return [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))]
}

/** What stops a publish. */
export function isError(issue: Issue): boolean {
  return issue.severity !== 'warning'
}
