/** Columns to fields, and what would happen: counts, and every cell that does not fit. */
import type { ImportColumn } from '#contract/wire-import.ts'
import { useForm, useWorkspace } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { Switch } from '../parts/checks.tsx'
import { Icon } from '../parts/icon.tsx'
import { SelectBox } from '../parts/text-box.tsx'
import { describeError } from '../shell/describe-error.ts'
import { may } from '../shell/menu-items.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { ImportErrors } from './import-errors.tsx'
import { importTargets, linkedForm, linkKeys, matchFields } from './import-fields.ts'
import type { ImportFlow } from './use-import.ts'

export interface MappingStepProps {
  readonly form: string
  readonly flow: ImportFlow
}

export function MappingStep({ form, flow }: MappingStepProps) {
  const t = useText()
  const report = flow.answer?.report
  if (!report) return null
  const ready = report.created + report.updated
  return (
    <div className="fl-import">
      <section className="fl-panel fl-padded">
        <h2 className="fl-sectiontitle">{t('import_mapping')}</h2>
        <MappingTable form={form} flow={flow} header={report.header} />
        <Options form={form} flow={flow} header={report.header} />
      </section>
      <section className="fl-panel fl-padded fl-stack">
        <h2 className="fl-sectiontitle">{t('import_check')}</h2>
        {flow.failure !== null && (
          <p className="fl-note red" role="alert">
            <Icon name="alert-triangle" />
            <span>{describeError(flow.failure, t)}</span>
          </p>
        )}
        <p role="status">
          {t('import_counts', { rows: report.rows, count: report.records })}{' '}
          {t('import_would', { created: report.created, updated: report.updated })}
          {report.targets > 0 && ` ${t('import_targets', { count: report.targets })}`}
        </p>
        {report.errorCount === 0 ? (
          <p className="fl-note green">
            <Icon name="circle-check" />
            <span>{t('import_clean')}</span>
          </p>
        ) : (
          <ImportErrors errors={report.errors} count={report.errorCount} id={flow.answer?.id ?? ''} />
        )}
        <div className="fl-row">
          <Button onClick={flow.again}>{t('import_change')}</Button>
          <span className="fl-grow" />
          {flow.stale ? (
            <Button look="primary" disabled={flow.busy} onClick={() => void flow.check()}>
              {t('import_recheck')}
            </Button>
          ) : (
            <Button look="primary" disabled={flow.busy || ready <= 0} onClick={() => void flow.commit()}>
              {report.errorCount > 0
                ? t('import_commit_good', { count: ready })
                : t('import_commit', { count: report.records })}
            </Button>
          )}
        </div>
      </section>
    </div>
  )
}

function MappingTable({ form, flow, header }: MappingStepProps & { readonly header: readonly string[] }) {
  const t = useText()
  return (
    <table className="fl-mapping">
      <thead>
        <tr>
          <th scope="col">{t('import_column')}</th>
          <th scope="col">{t('import_field')}</th>
        </tr>
      </thead>
      <tbody>
        {header
          .filter((column) => column !== '')
          .map((column) => (
            <MappingLine key={column} form={form} flow={flow} column={column} />
          ))}
      </tbody>
    </table>
  )
}

function MappingLine({ form, flow, column }: MappingStepProps & { readonly column: string }) {
  const t = useText()
  const label = useLabel()
  const { app, model } = useWorkspace()
  const access = useForm(form)
  if (!access) return null
  const targets = importTargets(access.model)
  const line = flow.mapping.columns.find((one) => one.column === column)
  const target = targets.find((one) => one.path === line?.field)
  const keys = target?.field ? linkKeys(model, target.field) : []
  const linked = target?.field ? linkedForm(target.field) : null
  const canCreate =
    linked !== null &&
    line?.key !== 'id' &&
    app.forms.some((one) => one.name === linked && may(one.policy.verbs, 'create'))
  const set = (next: ImportColumn | null) =>
    flow.map({
      ...flow.mapping,
      columns: [
        ...flow.mapping.columns.filter((one) => one.column !== column && (next === null || one.field !== next.field)),
        ...(next ? [next] : []),
      ],
    })
  return (
    <tr>
      <th scope="row">{column}</th>
      <td>
        <div className="fl-row">
          <select
            className="fl-input small"
            aria-label={t('import_field_of', { column })}
            value={line?.field ?? ''}
            onChange={(event) => set(event.target.value ? { column, field: event.target.value } : null)}
          >
            <option value="">{t('import_skip')}</option>
            {targets.map((one) => (
              <option key={one.path} value={one.path}>
                {one.label(label)}
                {one.required ? ' *' : ''}
              </option>
            ))}
          </select>
          {line && keys.length > 1 && (
            <select
              className="fl-input small"
              aria-label={t('import_key_of', { column })}
              value={line.key ?? ''}
              onChange={(event) => {
                const { key: _key, ...rest } = line
                set({ ...rest, ...(event.target.value ? { key: event.target.value } : {}) })
              }}
            >
              <option value="">{t('import_key_any')}</option>
              {keys.map((key) => (
                <option key={key} value={key}>
                  {t('import_key', { key })}
                </option>
              ))}
            </select>
          )}
        </div>
        {line && canCreate && (
          <Switch
            look="check"
            label={t('import_create')}
            checked={line.create === true}
            onChecked={(create) => {
              const { create: _create, ...rest } = line
              set({ ...rest, ...(create ? { create } : {}) })
            }}
          />
        )}
      </td>
    </tr>
  )
}

function Options({ form, flow, header }: MappingStepProps & { readonly header: readonly string[] }) {
  const t = useText()
  const label = useLabel()
  const access = useForm(form)
  if (!access) return null
  const tables = flow.mapping.columns.some((one) => one.field.includes('.'))
  const matches = matchFields(access.model).filter((field) =>
    flow.mapping.columns.some((one) => one.field === field.name),
  )
  const { group: _group, match: _match, ...rest } = flow.mapping
  const without = (name: 'group' | 'match') => ({
    ...rest,
    ...(name === 'group'
      ? flow.mapping.match
        ? { match: flow.mapping.match }
        : {}
      : flow.mapping.group
        ? { group: flow.mapping.group }
        : {}),
  })
  return (
    <>
      {tables && (
        <SelectBox
          label={t('import_group')}
          help={t('import_group_help')}
          value={flow.mapping.group ?? ''}
          options={[
            { value: '', label: t('import_group_none') },
            ...header.map((column) => ({ value: column, label: column })),
          ]}
          onValue={(group) => flow.map(group ? { ...flow.mapping, group } : without('group'))}
        />
      )}
      {matches.length > 0 && (
        <SelectBox
          label={t('import_match')}
          help={t('import_match_help')}
          value={flow.mapping.match ?? ''}
          options={[
            { value: '', label: t('import_match_none') },
            ...matches.map((field) => ({ value: field.name, label: label(field.definition.label, field.name) })),
          ]}
          onValue={(match) => flow.map(match ? { ...flow.mapping, match } : without('match'))}
        />
      )}
    </>
  )
}
