/** Composition root of the designer: its pages below /designer. */
import './designer.css'
import { useLocation } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { isProblem } from '#ui/client/problem-error.ts'
import { useWorkspace } from '#ui/client/workspace.tsx'
import { Button } from '#ui/parts/button.tsx'
import { StatePage } from '#ui/parts/state-page.tsx'
import { describeError } from '#ui/shell/describe-error.ts'
import { useText } from '#ui/strings/use-text.ts'
import { FormPage } from '../forms/form-page.tsx'
import type { PublishedForm } from '../model/sources.ts'
import { useWords } from '../strings/use-words.ts'
import { readForm } from './definitions.ts'
import { FormsPage } from './forms-page.tsx'
import { keptForm } from './kept-forms.ts'

export function DesignerApp() {
  const say = useWords()
  const { app } = useWorkspace()
  const { pathname } = useLocation()
  const form = /^\/designer\/forms\/([a-z0-9_]+)$/.exec(pathname)?.[1]
  useEffect(() => { document.title = `${say('designer')} · ${app.workspace.name}` }, [say, app])
  if (!app.builder && !app.admin) return <StatePage icon="lock" title={say('no_right')} />
  return form === undefined ? <FormsPage /> : <OneForm key={form} name={form} />
}

function OneForm({ name }: { readonly name: string }) {
  const say = useWords()
  const t = useText()
  const { app } = useWorkspace()
  const form = useQuery({ queryKey: ['definition', name], queryFn: () => readForm(name), retry: false, refetchOnWindowFocus: false, staleTime: Infinity })
  const missing = isProblem(form.error, 'not-found')
  const fresh = useMemo((): PublishedForm | null => {
    const kept = missing ? keptForm(name) : undefined
    return kept ? { revision: app.revision, merged: kept, packs: null, extension: null } : null
  }, [missing, name, app.revision])
  if (form.isPending) return <p className="fl-hidden" role="status">{say('loading')}</p>
  if (form.data) return <FormPage published={form.data} fresh={false} />
  if (fresh) return <FormPage published={fresh} fresh />
  return <StatePage icon="zoom-question" title={missing ? say('not_found') : describeError(form.error, t)}><Button onClick={() => void form.refetch()}>{say('try_again')}</Button></StatePage>
}
