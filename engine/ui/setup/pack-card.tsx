/** One template of the gallery: a sketch, its name, what it is for, what it brings. */
import type { PackAnswer } from '#contract/wire-pack.ts'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'

export interface PackCardProps {
  readonly pack: PackAnswer
  /** The pack and what it requires. */
  readonly whole: readonly PackAnswer[]
  readonly picked: boolean
  readonly onToggle: () => void
}

export function PackCard({ pack, whole, picked, onToggle }: PackCardProps) {
  const t = useText()
  const label = useLabel()
  const installed = pack.installed !== null
  const words = installedWords(pack, t)
  return (
    <button
      type="button"
      className={`fl-pack ${picked ? 'on' : ''}`}
      aria-pressed={picked}
      disabled={installed && pack.upgrade === null}
      onClick={onToggle}
    >
      <PackSketch name={pack.name} />
      <span className="words">
        <span className="fl-row">
          <b className="fl-grow fl-cut">{label(pack.label, pack.name)}</b>
          {(picked || installed) && (
            <span className={installed ? 'fl-good' : 'mark'}>
              <Icon name="circle-check" />
            </span>
          )}
        </span>
        <span className="fl-ink-2 about">{label(pack.description)}</span>
        <span className="fl-12 fl-ink-3">
          {words
            ? words
            : whole.length > 1 && pack.counts.forms === 0
              ? t('templates_along', {
                  names: whole
                    .filter((one) => one !== pack)
                    .map((one) => label(one.label, one.name))
                    .join(t('list_separator')),
                })
              : countsOf(pack, t)}
        </span>
      </span>
    </button>
  )
}

function installedWords({ installed, upgrade }: PackAnswer, t: ReturnType<typeof useText>): string | null {
  if (installed === null) return null
  const fill = { version: installed, next: upgrade ?? '' }
  return upgrade === null ? t('templates_has', fill) : t('templates_upgrade', fill)
}

function countsOf(pack: PackAnswer, t: ReturnType<typeof useText>): string {
  return [
    t('count_forms', { count: pack.counts.forms }),
    t('count_views', { count: pack.counts.views }),
    t('count_roles', { count: pack.counts.roles }),
  ].join(' · ')
}

/** A quiet drawing: columns, rows or bars, by the letters of the name, so that cards differ at a glance. */
function PackSketch({ name }: { readonly name: string }) {
  const shape =
    ['board', 'rows', 'bars'][[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 3] ?? 'rows'
  return (
    <span className={`sketch ${shape}`} aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e'].map((part) => (
        <i key={part}>
          <u />
          <u />
        </i>
      ))}
    </span>
  )
}
