/** The control of one property, by the editor that its entry names. */
import { never } from '#base/bug.ts'
import type { EditorProps } from './editor-props.ts'
import {
  AsEditor,
  FieldSelect,
  FormEditorSelect,
  NameEditor,
  SectionColumnsEditor,
  SpanEditor,
  WhenHiddenEditor,
} from './layout-editors.tsx'
import { CopyEditor, OptionsEditor, TableColumnsEditor, TotalsEditor } from './list-editors.tsx'
import { ChoiceEditor, JsonEditor, NumberEditor, StringsEditor, SwitchEditor, TextEditor } from './plain-editors.tsx'
import { ExpressionEditor, RuleEditor } from './rule-editor.tsx'
import { WordsEditor } from './words-editor.tsx'

export function PropertyEditor(props: EditorProps) {
  const { editor } = props.entry
  switch (editor) {
    case 'words':
      return <WordsEditor {...props} />
    case 'rule':
      return <RuleEditor {...props} />
    case 'formula':
    case 'default':
    case 'expression':
      return <ExpressionEditor {...props} />
    case 'name':
      return <NameEditor {...props} />
    case 'span':
      return <SpanEditor {...props} />
    case 'section-columns':
      return <SectionColumnsEditor {...props} />
    case 'table-columns':
      return <TableColumnsEditor {...props} />
    case 'totals':
      return <TotalsEditor {...props} />
    case 'as':
      return <AsEditor {...props} />
    case 'when-hidden':
      return <WhenHiddenEditor {...props} />
    case 'text':
    case 'pattern':
      return <TextEditor {...props} />
    case 'number':
      return <NumberEditor {...props} />
    case 'switch':
      return <SwitchEditor {...props} />
    case 'choice':
      return <ChoiceEditor {...props} />
    case 'options':
      return <OptionsEditor {...props} />
    case 'form':
      return <FormOptionEditor {...props} />
    case 'field':
      return <FieldSelect {...props} />
    case 'fields':
    case 'strings':
      return <StringsEditor {...props} />
    case 'copy':
      return <CopyEditor {...props} />
    case 'json':
      return <JsonEditor {...props} />
    default:
      return never(editor)
  }
}

/** One form, or a list of forms where the option's schema takes a list. */
function FormOptionEditor(props: EditorProps) {
  const { option, value } = props.entry
  const many = Array.isArray(value) || JSON.stringify(option?.schema ?? null).includes('"array"')
  return many ? <StringsEditor {...props} /> : <FormEditorSelect {...props} />
}
