/** The JSON of the form, and of a pack's form what the workspace publishes for it. */
import { canonicalText } from '#definitions/canonical.ts'
import { Button } from '#ui/parts/button.tsx'
import { showToast } from '#ui/parts/toast.tsx'
import { publicationOf } from '../model/difference.ts'
import { toDefinition } from '../model/to-definition.ts'
import { useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'

export function JsonView() {
  const say = useWords()
  const editor = useEditor()
  const document = useDocument()
  const edited = toDefinition(document)
  const { packs, extension } = editor.published
  const put = publicationOf(edited, packs, extension).put
  const text = put ? canonicalText(put) : ''
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    showToast(say('json_copied'))
  }
  return (
    <section className="fd-json" aria-label={say('tab_json')}>
      <div className="fd-jsonhead">
        <p>{packs ? say('json_readonly') : say('json_hint')}</p>
        <span className="fl-grow" />
        <Button small icon="copy" disabled={text === ''} onClick={() => void copy()}>
          {say('json_copy')}
        </Button>
      </div>
      {text === '' ? (
        <p className="fd-none">{say('publish_nothing')}</p>
      ) : (
        <textarea readOnly spellCheck={false} aria-label={say('tab_json')} value={text} />
      )}
    </section>
  )
}
