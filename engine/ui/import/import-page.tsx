/** A spreadsheet into a form: choose, map and check, write, see what came of it. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useWorkspace } from '../client/workspace.tsx'
import { pluralOf } from '../list/list-place.ts'
import { StatePage } from '../parts/state-page.tsx'
import { SelectBox } from '../parts/text-box.tsx'
import { may } from '../shell/menu-items.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { FileChoice } from './file-choice.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportSteps } from './import-steps.tsx'
import { MappingStep } from './mapping-step.tsx'
import { RecentImports } from './recent-imports.tsx'
import { useImport } from './use-import.ts'

export function ImportPage({ form }: { readonly form: string | undefined }) {
  const t = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { app } = useWorkspace()
  const forms = app.forms.filter((one) => may(one.policy.verbs, 'import'))
  const chosen = forms.find((one) => one.name === form) ?? forms[0]
  const flow = useImport(chosen?.name ?? '')
  if (!chosen)
    return (
      <>
        <PageHead title={t('menu_import')} />
        <StatePage icon="lock" title={t('import_no_right')} />
      </>
    )
  const into = flow.answer?.form ?? chosen.name
  const options = forms
    .map((one) => ({ value: one.name, label: label(pluralOf(one), one.name) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <>
      <PageHead title={t('menu_import')} beside={<ImportSteps at={flow.step} />}>
        <Link className="fl-button quiet" to="/f/$form" params={{ form: chosen.name }} search={{}}>
          {label(pluralOf(chosen), chosen.name)}
        </Link>
      </PageHead>
      <div className="fl-page">
        {flow.step === 'file' && (
          <div className="narrow fl-stack">
            <SelectBox
              label={t('import_into')}
              value={chosen.name}
              options={options}
              onValue={(next) => void navigate({ to: '/import', search: { form: next } })}
            />
            <FileChoice busy={flow.busy} failure={flow.failure} onFile={(file) => void flow.choose(file)} />
            <RecentImports busy={flow.busy} onOpen={(id) => void flow.open(id)} />
          </div>
        )}
        {(flow.step === 'check' || flow.step === 'write') && <ImportProgress flow={flow} />}
        {flow.step === 'map' && <MappingStep form={into} flow={flow} />}
        {flow.step === 'done' && <ImportResult form={into} flow={flow} />}
      </div>
    </>
  )
}
