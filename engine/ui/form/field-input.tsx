/** The input of a cell: a picker for links, else the kind's Input face; what does not parse stays visible with its problem. */
import type { KeyboardEvent } from 'react'
import type { Json } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { useWorkspace } from '../client/workspace.tsx'
import type { ControlIds } from '../parts/labelled.tsx'
import { bindFilter } from './bind-filter.ts'
import { splitKey } from './cell-key.ts'
import { copyFromLink } from './copy-from-link.ts'
import { currencyOf } from './currency.ts'
import { useFormRuntime } from './form-context.tsx'
import { KindInput } from './kind-input.tsx'
import { LinkPicker } from './link-picker.tsx'
import { AnyLinkInput, LinksInput } from './links-input.tsx'
import { nothingCalled } from './nothing-called.ts'
import { useCell } from './use-cell.ts'
import { useFormat } from './use-format.ts'

export interface FieldInputProps {
  readonly cellKey: string
  readonly program: FieldProgram
  readonly label: string
  readonly ids?: ControlIds | undefined
  readonly autoFocus?: boolean
  /** In a grid: no frame, one line. */
  readonly compact?: boolean
  /** What was typed to begin. */
  readonly initial?: string | undefined
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

export function FieldInput(props: FieldInputProps) {
  const { cellKey, program } = props
  const { store, linked } = useFormRuntime()
  const { value } = useCell(store, cellKey)
  const { app } = useWorkspace()
  const { locale, zone } = useFormat()
  const { type } = program.field
  const filter = useBoundFilter(program, cellKey)
  const set = (wire: Json) => {
    const before = store.wire(cellKey)
    store.set(cellKey, wire)
    if (program.copies.length > 0 && linked) void copyFromLink(store, { key: cellKey, before }, linked)
  }
  const shared = {
    label: props.label,
    ids: props.ids,
    autoFocus: props.autoFocus ?? false,
    ...(props.onBlur ? { onBlur: props.onBlur } : {}),
    ...(props.onKeyDown ? { onKeyDown: props.onKeyDown } : {}),
  }
  if (type.is === 'record') {
    return (
      <LinkPicker
        {...shared}
        form={type.form}
        value={typeof value === 'string' ? value : null}
        filter={filter}
        initial={props.initial}
        unknown={store.rejectedText(cellKey)}
        onValue={(picked) => set(picked?.id ?? null)}
        onNothing={(typed) => store.reject(cellKey, [nothingCalled(typed)])}
      />
    )
  }
  if (type.is === 'list' && type.of.is === 'record')
    return <LinksInput {...shared} form={type.of.form} value={value} filter={filter} onValue={set} />
  if (type.is === 'any_record') return <AnyLinkInput {...shared} forms={type.forms} value={value} onValue={set} />
  const at = splitKey(cellKey)
  const read = (name: string, of: 'record' | 'parent') =>
    'row' in at && of === 'record' ? store.wire(`${at.table}/${at.row}/${name}`) : store.wire(name)
  const currency = currencyOf(program.field, read, app.workspace.currency)
  return (
    <KindInput
      {...shared}
      field={program.field}
      value={value}
      context={{ locale, zone, ...(currency ? { currency } : {}) }}
      compact={props.compact ?? false}
      initial={props.initial ?? (props.compact ? store.rejectedText(cellKey) : undefined)}
      onValue={set}
      onProblems={(issues, typed) =>
        store.reject(
          cellKey,
          issues.map((issue) => ({ ...issue, params: { ...issue.params, typed } })),
        )
      }
      problems={store.problemsOf(cellKey)}
    />
  )
}

/** The link's filter with this record's values in it; made anew with each look, because it reads them. */
function useBoundFilter(program: FieldProgram, cellKey: string): Json | undefined {
  const { store } = useFormRuntime()
  const source = program.field.definition['filter'] as Json | undefined
  if (source === undefined || program.filter === null) return undefined
  const at = splitKey(cellKey)
  return bindFilter(source, ([first = '', second = '']) => {
    if (first === '$parent') return store.wire(second)
    return 'row' in at ? store.wire(`${at.table}/${at.row}/${first}`) : store.wire(first)
  })
}
