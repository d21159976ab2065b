/** Composition root of the designer: its pages below /designer. */
import './designer.css'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useWorkspace } from '#ui/client/workspace.tsx'
import { Button } from '#ui/parts/button.tsx'
import { StatePage } from '#ui/parts/state-page.tsx'
import { describeError } from '#ui/shell/describe-error.ts'
import { useText } from '#ui/strings/use-text.ts'
import { FormPage } from '../forms/form-page.tsx'
import { useWholeModel, WholeModelProvider } from '../forms/whole-model.ts'
import { type PublishedForm, publishedIn } from '../model/sources.ts'
import { useWords } from '../strings/use-words.ts'
import { readModel } from './definitions.ts'
import { FormsPage } from './forms-page.tsx'
import { keptForm } from './kept-forms.ts'

export function DesignerApp() {
  const say = useWords()
  const { app } = useWorkspace()
  useEffect(() => {
    document.title = `${say('designer')} · ${app.workspace.name}`
  }, [say, app])
  return app.builder || app.admin ? <Pages /> : <StatePage icon="lock" title={say('no_right')} />
}

function Pages() {
  const say = useWords()
  const t = useText()
  const { kinds } = useWorkspace()
  const { pathname } = useLocation()
  const model = useQuery({
    queryKey: ['definitions'],
    queryFn: () => readModel(kinds),
    structuralSharing: false,
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  })
  const form = /^\/designer\/forms\/([a-z0-9_]+)$/.exec(pathname)?.[1]
  if (model.isPending)
    return (
      <p className="fl-hidden" role="status">
        {say('loading')}
      </p>
    )
  if (!model.data)
    return (
      <StatePage icon="alert-triangle" title={describeError(model.error, t)}>
        <Button onClick={() => void model.refetch()}>{say('try_again')}</Button>
      </StatePage>
    )
  return (
    <WholeModelProvider value={model.data}>
      {form === undefined ? <FormsPage /> : <OneForm key={form} name={form} />}
    </WholeModelProvider>
  )
}

function OneForm({ name }: { readonly name: string }) {
  const say = useWords()
  const model = useWholeModel()
  const published = useMemo(() => publishedIn(model, name), [model, name])
  const fresh = useMemo((): PublishedForm | null => {
    const kept = published ? undefined : keptForm(name)
    return kept ? { revision: model.revision, merged: kept, packs: null, extension: null } : null
  }, [published, model, name])
  const form = published ?? fresh
  return form ? (
    <FormPage published={form} fresh={fresh !== null} />
  ) : (
    <StatePage icon="zoom-question" title={say('not_found')} />
  )
}
