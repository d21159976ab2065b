/** Beside the gallery: what the picked templates bring, demo data or not, and the button. */
import { useState } from 'react'
import type { PackAnswer } from '#contract/wire-pack.ts'
import { Button } from '../parts/button.tsx'
import { Switch } from '../parts/checks.tsx'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { type Install, withRequired } from './install.ts'

export interface InstallPanelProps {
  readonly all: readonly PackAnswer[]
  readonly picked: readonly PackAnswer[]
  readonly install: Install
}

export function InstallPanel({ all, picked, install }: InstallPanelProps) {
  const t = useText()
  const label = useLabel()
  const [demo, setDemo] = useState(true)
  const busy = install.running !== null
  const whole = withRequired(all, picked)
  return (
    <aside className="fl-install" aria-label={t('templates_picked', { count: picked.length })}>
      <div className="part">
        <h2>{t('templates_picked', { count: picked.length })}</h2>
        <p className="fl-13 fl-ink-2">
          {picked.length
            ? picked.map((pack) => label(pack.label, pack.name)).join(t('list_separator'))
            : t('templates_pick')}
        </p>
      </div>
      {picked.length > 0 && (
        <div className="part">
          <h3>{t('templates_get')}</h3>
          <ul>
            <Gain icon="forms" text={t('count_forms', { count: sum(whole, 'forms') })} />
            <Gain icon="layout-list" text={t('count_views', { count: sum(whole, 'views') })} />
            <Gain icon="users" text={t('count_roles', { count: sum(whole, 'roles') })} />
          </ul>
          {whole.length > picked.length && (
            <p className="fl-help">
              {t('templates_along', {
                names: whole
                  .filter((pack) => !picked.includes(pack))
                  .map((pack) => label(pack.label, pack.name))
                  .join(t('list_separator')),
              })}
            </p>
          )}
        </div>
      )}
      <div className="part">
        <Switch label={t('templates_demo')} help={t('templates_demo_help')} checked={demo} onChecked={setDemo} />
      </div>
      <div className="foot">
        {install.failure !== null && <ProblemNote error={install.failure} />}
        {busy && (
          <span className="fl-meter busy" role="progressbar" aria-label={t('templates_installing')}>
            <i />
          </span>
        )}
        <Button
          look="primary"
          className="wide"
          disabled={busy || picked.length === 0}
          onClick={() => void install.start(picked, demo)}
        >
          {busy ? t('templates_installing') : t('install')}
        </Button>
      </div>
    </aside>
  )
}

function Gain({ icon, text }: { readonly icon: string; readonly text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  )
}

function sum(packs: readonly PackAnswer[], kind: 'forms' | 'views' | 'roles'): number {
  return packs.reduce((total, pack) => total + pack.counts[kind], 0)
}
