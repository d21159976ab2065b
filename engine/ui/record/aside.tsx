/** Beside the record: what belongs to it, and its story. */
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { AsidePanel } from '#definitions/definition.ts'
import type { FormAccess } from '../client/workspace.tsx'
import { useText } from '../strings/use-text.ts'
import { RelatedPanel } from './related-panel.tsx'
import { TimelinePanel } from './timeline-panel.tsx'

const always: readonly AsidePanel[] = [{ panel: 'timeline' }]

export function Aside({ access, record }: { readonly access: FormAccess; readonly record: RecordAnswer }) {
  const t = useText()
  const panels = access.form.layout?.aside?.filter((panel) => panel.panel !== 'tasks') ?? always
  const ordered = [
    ...panels.filter((panel) => panel.panel === 'related'),
    ...panels.filter((panel) => panel.panel === 'timeline'),
  ]
  return (
    <aside className="fl-aside" aria-label={t('aside')}>
      {ordered.map((panel) =>
        panel.panel === 'related' ? (
          <RelatedPanel key={`${panel.form}-${panel.link}`} panel={panel} id={record.id} />
        ) : (
          <TimelinePanel key="timeline" access={access} id={record.id} version={record.version} />
        ),
      )}
    </aside>
  )
}
