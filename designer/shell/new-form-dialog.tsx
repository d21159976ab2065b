/** A new form: what one record is called, and the name that follows from it. */
import { useState } from 'react'
import { isName } from '#base/names.ts'
import { Button } from '#ui/parts/button.tsx'
import { Dialog } from '#ui/parts/dialog.tsx'
import { TextBox } from '#ui/parts/text-box.tsx'
import { refusals } from '../commands/refusals.ts'
import { useWholeModel } from '../forms/whole-model.ts'
import { slugOf } from '../model/names.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { newForm } from './definitions.ts'
import { keepForm, keptForm } from './kept-forms.ts'

export interface NewFormDialogProps {
  readonly onClose: () => void
  readonly onMade: (name: string) => void
}

export function NewFormDialog({ onClose, onMade }: NewFormDialogProps) {
  const say = useWords()
  const language = useLanguage()
  const model = useWholeModel()
  const [label, setLabel] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const taken = (one: string) => model.forms.has(one) || keptForm(one) !== undefined
  const name = typed ?? (slugOf(label).slice(0, 40) || freeName(taken))
  const fault = !isName(name) ? refusals['name-shape'] : taken(name) ? refusals['name-taken'] : null
  const make = () => {
    if (label.trim() === '' || fault) return
    keepForm(newForm(name, { [language]: label.trim() }))
    onMade(name)
  }
  return (
    <Dialog
      title={say('new_form')}
      onClose={onClose}
      onSubmit={make}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="primary" type="submit" disabled={label.trim() === '' || fault !== null}>
            {say('create')}
          </Button>
        </>
      }
    >
      <TextBox label={say('form_label')} value={label} onValue={setLabel} autoFocus required />
      <TextBox
        label={say('form_name')}
        value={name}
        onValue={setTyped}
        help={say('form_name_help')}
        problem={label !== '' && fault ? fault[language] : undefined}
      />
    </Dialog>
  )
}

function freeName(taken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) if (!taken(`form_${number}`)) return `form_${number}`
}
