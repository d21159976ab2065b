/** A page with the input and the display of every field kind, for tests: `#en`, `#zh-CN` or `#de` sets the locale. */
import '#ui/parts/tokens.css'
import '#ui/parts/base.css'
import '#ui/parts/parts.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Json } from '#base/json.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { PickedRecord } from '#kinds/field-faces.ts'
import { fieldFaces } from '#kinds/fields/catalogue.browser.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'

const options: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  link: { to: 'customer' },
  links: { to: 'customer' },
  any_link: { to: ['customer', 'order'] },
  money: { currency: 'CNY' },
  choice: {
    options: [
      { value: 'cash', label: { en: 'Cash', 'zh-CN': '现款' }, color: 'green' },
      { value: 'credit', label: { en: 'On credit', 'zh-CN': '赊销' } },
    ],
  },
  multi_choice: {
    options: [
      { value: 'a', label: 'Alpha' },
      { value: 'b', label: 'Beta' },
    ],
  },
}
const people = ['Anna Meier', 'Li Wei', 'Bruno Anders', '上海钢铁'].map((title, index) => ({
  id: `01900000-0000-7000-8000-00000000000${index}`,
  title,
  subtitle: `C-0000${index}`,
}))
const locale = location.hash.slice(1) || 'en'

function pick(_form: string, query: string): Promise<readonly PickedRecord[]> {
  return Promise.resolve(people.filter((each) => each.title.toLowerCase().includes(query.toLowerCase())))
}

function Field({ kind }: { readonly kind: string }) {
  const [value, setValue] = useState<Json>(null)
  const [problem, setProblem] = useState('')
  const faces = fieldFaces.get(kind)
  if (faces?.Input === undefined) return null
  const { Input, Display } = faces
  const common = {
    field: { name: kind, type: kind, ...options[kind] } as FieldDefinition,
    label: kind,
    value,
    locale,
    zone: 'Asia/Shanghai',
    currency: 'CNY',
  }
  return (
    <div className="field" style={{ padding: 8 }}>
      <label className="fl-label" htmlFor={kind}>
        {kind}
      </label>
      <Input
        {...common}
        id={kind}
        invalid={problem !== ''}
        onChange={setValue}
        onText={(_text, issues) => setProblem(issues[0]?.code ?? '')}
        pick={pick}
      />
      <output id={`${kind}-value`} hidden>
        {JSON.stringify(value)}
      </output>
      <output id={`${kind}-problem`} hidden>
        {problem}
      </output>
      <div id={`${kind}-display`}>
        <Display {...common} />
      </div>
    </div>
  )
}

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <main className="fl-panel">
      <h1>Fields</h1>
      {[...fieldKinds.keys()].map((kind) => (
        <Field key={kind} kind={kind} />
      ))}
    </main>,
  )
