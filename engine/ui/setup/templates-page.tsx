/** The gallery: what a business can start with, what each template brings, one button. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PackAnswer } from '#contract/wire-pack.ts'
import { installPack, readPacks } from '../client/packs.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { type Install, withRequired } from './install.ts'
import { InstallPanel } from './install-panel.tsx'
import { PackCard } from './pack-card.tsx'
import { UpgradeDialog } from './upgrade-dialog.tsx'

export function TemplatesPage() {
  const t = useText()
  const packs = useQuery({ queryKey: ['packs'], queryFn: readPacks })
  const [picked, setPicked] = useState<readonly string[]>([])
  const [search, setSearch] = useState('')
  const [upgrading, setUpgrading] = useState<PackAnswer | null>(null)
  const install = useInstall(() => setPicked([]))
  const label = useLabel()
  if (packs.isPending)
    return (
      <>
        <PageHead title={t('templates')} />
        <Skeleton label={t('loading')} />
      </>
    )
  if (packs.isError)
    return (
      <>
        <PageHead title={t('templates')} />
        <StatePage icon="alert-triangle" title={describeError(packs.error, t)}>
          <Button onClick={() => void packs.refetch()}>{t('try_again')}</Button>
        </StatePage>
      </>
    )
  const all = bundlesFirst(packs.data.packs)
  const shown = all.filter((pack) =>
    `${label(pack.label)} ${label(pack.description)}`.toLowerCase().includes(search.toLowerCase()),
  )
  const toggle = (name: string) =>
    setPicked(picked.includes(name) ? picked.filter((one) => one !== name) : [...picked, name])
  return (
    <div className="fl-gallery">
      <div className="middle">
        <h1>{t('templates_heading')}</h1>
        <p className="fl-ink-2">{t('templates_lead')}</p>
        <label className="fl-search">
          <Icon name="search" size={14} />
          <span className="fl-hidden">{t('templates_search')}</span>
          <input
            type="search"
            placeholder={t('templates_search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <div className="cards">
          {shown.map((pack) => (
            <PackCard
              key={pack.name}
              pack={pack}
              whole={withRequired(all, [pack])}
              picked={picked.includes(pack.name)}
              onToggle={() => (pack.upgrade === null ? toggle(pack.name) : setUpgrading(pack))}
            />
          ))}
        </div>
        {shown.length === 0 && <StatePage title={t('templates_none')} />}
      </div>
      {upgrading && <UpgradeDialog pack={upgrading} onClose={() => setUpgrading(null)} />}
      <InstallPanel all={all} picked={all.filter((pack) => picked.includes(pack.name))} install={install} />
    </div>
  )
}

/** What puts several packs together is what most people want. */
function bundlesFirst(packs: readonly PackAnswer[]): readonly PackAnswer[] {
  return [...packs].sort((left, right) => (right.requires?.length ?? 0) - (left.requires?.length ?? 0))
}

/** Installs one after the other, in the order given; what a pack requires comes along by itself. */
function useInstall(onDone: () => void): Install {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [state, setState] = useState<Pick<Install, 'running' | 'done' | 'failure'>>({
    running: null,
    done: 0,
    failure: null,
  })
  async function start(packs: readonly PackAnswer[], demo: boolean): Promise<void> {
    let done = 0
    try {
      for (const pack of packs) {
        setState({ running: pack.name, done, failure: null })
        await installPack(pack.name, demo)
        done += 1
      }
      setState({ running: null, done, failure: null })
      await client.invalidateQueries()
      showToast(t('templates_installed', { count: done }), {
        label: t('open_app'),
        run: () => void navigate({ to: '/' }),
      })
      onDone()
    } catch (failure) {
      setState({ running: null, done, failure })
    }
  }
  return { ...state, start }
}
