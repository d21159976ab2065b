/** Publish: first a rehearsal on the server, shown in words; then the act. An error says what stands in the way and where. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldProblem } from '#contract/wire-problem.ts'
import { isProblem } from '#ui/client/problem-error.ts'
import { Button } from '#ui/parts/button.tsx'
import { Dialog } from '#ui/parts/dialog.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { TextBox } from '#ui/parts/text-box.tsx'
import { showToast } from '#ui/parts/toast.tsx'
import { describeError } from '#ui/shell/describe-error.ts'
import { useText } from '#ui/strings/use-text.ts'
import { publicationOf } from '../model/difference.ts'
import { rootId } from '../model/document.ts'
import { summaryOf } from '../model/summary.ts'
import { titleOf } from '../model/titles.ts'
import { toDefinition } from '../model/to-definition.ts'
import { type PublishAnswer, type PublishOrder, publish, rehearse } from '../shell/definitions.ts'
import { dropForm } from '../shell/kept-forms.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useEditor } from './editor-context.tsx'

export function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const [note, setNote] = useState('')
  const document = editor.document.peek()
  const name = titleOf(document, rootId, language)
  const order = useOrder()
  const empty = order.publication.put === null && !order.publication.remove
  const rehearsal = useQuery({
    queryKey: ['rehearsal', editor.published.merged.name, editor.state.peek().history],
    queryFn: () => rehearse(order),
    enabled: !empty,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  })
  const done = usePublish(onClose, name)
  const failure = done.error ?? rehearsal.error
  return (
    <Dialog
      title={say('publish_title', { name })}
      onClose={onClose}
      onSubmit={() => {
        if (rehearsal.data && !done.isPending) done.mutate({ ...order, note })
      }}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="primary" type="submit" disabled={!rehearsal.data || done.isPending}>
            {say('publish_now')}
          </Button>
        </>
      }
    >
      {empty && <p>{say('publish_nothing')}</p>}
      {!empty && rehearsal.isPending && <p role="status">{say('publish_checking')}</p>}
      {failure && <Failure error={failure} order={order} />}
      {rehearsal.data && <Findings answer={rehearsal.data} />}
      {rehearsal.data && <TextBox label={say('note')} value={note} onValue={setNote} placeholder={say('note_hint')} />}
    </Dialog>
  )
}

function useOrder(): PublishOrder {
  const editor = useEditor()
  const { packs, extension, revision, merged } = editor.published
  return {
    publication: publicationOf(toDefinition(editor.document.peek()), packs, extension),
    form: merged.name,
    base: revision,
  }
}

function usePublish(onClose: () => void, name: string) {
  const say = useWords()
  const editor = useEditor()
  const client = useQueryClient()
  return useMutation({
    mutationFn: publish,
    onSuccess: async ({ revision }) => {
      editor.forget()
      dropForm(editor.published.merged.name)
      onClose()
      showToast(say('published', { name, revision }))
      await Promise.all([
        client.invalidateQueries({ queryKey: ['app'] }),
        client.invalidateQueries({ queryKey: ['definitions'] }),
      ])
    },
  })
}

/** What changes by label, from the form itself; what the server found besides. */
function Findings({ answer }: { readonly answer: PublishAnswer }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = editor.document.peek()
  const lines = summaryOf(document.origin.fresh ? null : editor.published.merged, toDefinition(document), editor.kinds)
  return (
    <>
      <h3 className="fl-sectiontitle">{say('publish_changes')}</h3>
      <ul className="fd-found" data-found>
        {lines.map(({ change, text }) => (
          <li key={text.en}>
            <Icon name={change === 'added' ? 'plus' : change === 'removed' ? 'trash' : 'edit'} size={14} />
            {text[language]}
          </li>
        ))}
      </ul>
      <p className="fl-help">{say('publish_data')}</p>
      <ProblemLines title={say('publish_warnings')} problems={answer.issues} look="warn" />
    </>
  )
}

interface ProblemLinesProps {
  readonly title: string
  readonly problems: readonly FieldProblem[]
  readonly look: 'warn' | 'wrong'
}

function ProblemLines({ title, problems, look }: ProblemLinesProps) {
  if (problems.length === 0) return null
  return (
    <details open={look === 'wrong'}>
      <summary className="fl-sectiontitle">
        {title} ({problems.length})
      </summary>
      <ul className={`fd-found ${look}`}>
        {problems.slice(0, 200).map((one) => (
          <li key={`${one.pointer} ${one.code}`}>
            <Icon name="alert-triangle" size={14} />
            <span>
              <code>{one.pointer}</code> {one.message ?? one.code} {one.hint}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Failure({ error, order }: { readonly error: Error; readonly order: PublishOrder }) {
  const say = useWords()
  const t = useText()
  if (isProblem(error, 'conflict')) {
    const leave = async () => {
      await navigator.clipboard.writeText(JSON.stringify(order.publication.put, null, 2))
      window.location.reload()
    }
    return (
      <div className="fl-note red" role="alert">
        <Icon name="alert-triangle" />
        <div>
          {say('publish_conflict')}{' '}
          <Button look="link" onClick={() => void leave()}>
            {say('copy_and_reload')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div role="alert">
      <div className="fl-note red">
        <Icon name="alert-triangle" />
        <span>{describeError(error, t)}</span>
      </div>
      {isProblem(error) && <ProblemLines title={say('publish_errors')} problems={error.errors} look="wrong" />}
    </div>
  )
}
