/** Two people changed the same field: both values side by side, one choice per field. */
import { useState } from 'react'
import type { Json } from '#base/json.ts'
import { FieldDisplay } from '../form/field-face.tsx'
import type { FormStore } from '../form/form-store.ts'
import { changedFields } from '../form/record-body.ts'
import { valuesOf } from '../form/record-values.ts'
import { myRowChanges, theirRowChanges } from '../form/row-changes.ts'
import { useFormat } from '../form/use-format.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { ConflictRows } from './conflict-rows.tsx'
import type { Conflict } from './use-save.ts'

export interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly store: FormStore
  readonly onResolve: (keep: ReadonlySet<string>) => void
  readonly onClose: () => void
}

export function ConflictDialog({ conflict, store, onResolve, onClose }: ConflictDialogProps) {
  const t = useText()
  const label = useLabel()
  const format = useFormat()
  const changed = changedFields(store)
  const clashing = (conflict.fields.length ? conflict.fields : [...changed])
    .map((path) => path.split(/[./]/)[0] ?? path)
    .filter((name, at, all) => changed.has(name) && all.indexOf(name) === at)
  const [keep, setKeep] = useState<ReadonlySet<string>>(changed)
  const choose = (name: string, mine: boolean) =>
    setKeep(new Set(mine ? [...keep, name] : [...keep].filter((one) => one !== name)))
  const theirs = valuesOf(store.program, conflict.theirs)
  const who = conflict.theirs.updated_by?.title ?? t('somebody')
  return (
    <Dialog
      wide
      title={t('conflict')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" onClick={() => onResolve(keep)}>
            {t('conflict_save')}
          </Button>
        </>
      }
    >
      <p>
        {t('conflict_lead', { who, when: conflict.theirs.updated_at ? format.moment(conflict.theirs.updated_at) : '' })}
      </p>
      <table className="fl-conflict">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('conflict_mine')}</th>
            <th scope="col">{t('conflict_theirs', { who })}</th>
          </tr>
        </thead>
        <tbody>
          {clashing.map((name) => {
            const program = store.program.fields.get(name)
            const field = program?.field
            const text = label(field?.definition.label, name)
            return (
              field && (
                <tr key={name}>
                  <th scope="row">{text}</th>
                  <td>
                    <label>
                      <input
                        type="radio"
                        name={`conflict-${name}`}
                        checked={keep.has(name)}
                        onChange={() => choose(name, true)}
                        aria-label={t('conflict_keep_mine', { field: text })}
                      />
                      {program.columns ? (
                        <ConflictRows changes={myRowChanges(store, program)} />
                      ) : (
                        <Side field={field} value={store.wire(name)} store={store} />
                      )}
                    </label>
                  </td>
                  <td>
                    <label>
                      <input
                        type="radio"
                        name={`conflict-${name}`}
                        checked={!keep.has(name)}
                        onChange={() => choose(name, false)}
                        aria-label={t('conflict_take_theirs', { field: text })}
                      />
                      {program.columns ? (
                        <ConflictRows changes={theirRowChanges(store, program, theirs[name] ?? [])} />
                      ) : (
                        <Side field={field} value={theirs[name] ?? null} store={store} />
                      )}
                    </label>
                  </td>
                </tr>
              )
            )
          })}
        </tbody>
      </table>
    </Dialog>
  )
}

function Side({
  field,
  value,
  store,
}: {
  readonly field: Parameters<typeof FieldDisplay>[0]['field']
  readonly value: Json
  readonly store: FormStore
}) {
  if (value === null) return <span className="fl-ink-3">–</span>
  return (
    <FieldDisplay
      field={field}
      value={value}
      record={Object.fromEntries([...store.program.fields.keys()].map((name) => [name, store.wire(name)]))}
    />
  )
}
