/** What one has imported lately: how each stands, and the way back to it. */
import { useQuery } from '@tanstack/react-query'
import type { ImportLineWire } from '#contract/wire-import.ts'
import { listImports } from '../client/imports.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { useFormat } from '../form/use-format.ts'
import { pluralOf } from '../list/list-place.ts'
import { Button } from '../parts/button.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { isMoving } from './use-import.ts'

const pauseMs = 2_000
const shown = 6

export interface RecentImportsProps {
  readonly busy: boolean
  readonly onOpen: (id: string) => void
}

export function RecentImports({ busy, onOpen }: RecentImportsProps) {
  const t = useText()
  const found = useQuery({
    queryKey: ['imports'],
    queryFn: listImports,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some((one) => isMoving(one.state)) ? pauseMs : false),
  })
  const imports = (found.data ?? []).slice(0, shown)
  if (imports.length === 0) return null
  return (
    <section aria-label={t('import_recent')}>
      <h2 className="fl-sectiontitle">{t('import_recent')}</h2>
      <ul className="fl-recentimports">
        {imports.map((one) => (
          <RecentLine key={one.id} one={one} busy={busy} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}

function RecentLine({ one, busy, onOpen }: RecentImportsProps & { readonly one: ImportLineWire }) {
  const t = useText()
  const label = useLabel()
  const { moment } = useFormat()
  const { app } = useWorkspace()
  const form = app.forms.find(({ name }) => name === one.form)
  const { progress } = one
  const share = progress && progress.total > 0 ? ` ${Math.round((progress.done / progress.total) * 100)} %` : ''
  const name = one.name ?? (form ? label(pluralOf(form), form.name) : one.form)
  return (
    <li>
      <div className="fl-grow">
        <p className="fl-cut" title={name}>
          {name}
        </p>
        <p className="fl-help">
          {form ? label(pluralOf(form), form.name) : one.form} · {moment(one.created_at)}
        </p>
      </div>
      <span className={isMoving(one.state) ? 'fl-strong' : 'fl-ink-3'}>
        {t(`import_state_${one.state}`)}
        {share}
      </span>
      <Button
        disabled={busy || one.state === 'failed'}
        aria-label={t('import_open_of', { name })}
        onClick={() => onOpen(one.id)}
      >
        {t('import_open')}
      </Button>
    </li>
  )
}
