/** Several linked records in the browser: chips, and a search that adds one. */
import { useState } from 'react'
import { isObject, type Json } from '#base/json.ts'
import type { FieldFaces, InputProps, PickedRecord } from '../../field-faces.ts'
import { Chips } from '../../inputs/chips.browser.tsx'
import { Combobox } from '../../inputs/combobox.browser.tsx'
import { controlProps } from '../../inputs/control-props.ts'
import { LinkDisplay } from '../../inputs/display.browser.tsx'
import { targetOf } from '../../values/record-link.ts'
import { textsOf } from '../../values/text-list.ts'

export const faces: FieldFaces = { Input: LinksInput, Display: LinkDisplay }

function LinksInput(props: InputProps) {
  const { field, value, display, label, locale, readOnly, pick, onChange, onPick, onBlur, dense } = props
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map())
  const ids = textsOf(value)
  const titles = new Map([...titlesOf(display ?? null), ...picked])
  function add(entry: PickedRecord): void {
    setPicked(new Map([...picked, [entry.id, entry.title]]))
    onPick?.(entry)
    onChange([...ids.filter((id) => id !== entry.id), entry.id])
  }
  function remove(id: string): void {
    const left = ids.filter((each) => each !== id)
    onChange(left.length === 0 ? null : left)
  }
  async function find(query: string): Promise<readonly PickedRecord[]> {
    const found = await (pick?.(targetOf(field), query) ?? [])
    return found.filter((entry) => !ids.includes(entry.id))
  }
  return (
    <div className="fl-links">
      <Chips
        chips={ids.map((id) => ({ key: id, text: titles.get(id) ?? '–' }))}
        locale={locale}
        remove={readOnly ? undefined : remove}
      />
      {!readOnly && (
        <Combobox
          control={controlProps(props)}
          label={label}
          locale={locale}
          shown=""
          dense={dense}
          find={find}
          choose={add}
          onBlur={onBlur}
        />
      )}
    </div>
  )
}

function titlesOf(display: Json): readonly (readonly [string, string])[] {
  const list: readonly Json[] = Array.isArray(display) ? display : []
  return list.flatMap((entry) =>
    isObject(entry) && typeof entry.id === 'string' && typeof entry.title === 'string'
      ? [[entry.id, entry.title] as const]
      : [],
  )
}
