/** A value as people read it: by its kind's Display face; links by title. */
import { Link } from '@tanstack/react-router'
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import type { FieldModel } from '#definitions/model.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useLabel } from '../strings/use-text.ts'
import { currencyOf } from './currency.ts'
import { isLinkValue } from './link-value.ts'
import { titleOf, titlesVersion } from './titles.ts'
import { useFormat } from './use-format.ts'

export interface FieldDisplayProps {
  readonly field: FieldModel
  readonly value: Json
  /** The record (or row) and, of a row, its record: where the currency is read. */
  readonly record: { readonly [field: string]: unknown }
  readonly parent?: { readonly [field: string]: unknown }
  /** On a record page links lead on. */
  readonly links?: boolean
  /** In a table: one line. */
  readonly dense?: true
  /** In the grid of a record the currency stands at the record, not before each figure. */
  readonly bare?: true
}

export function FieldDisplay({ field, value, record, parent, links, dense, bare }: FieldDisplayProps) {
  const label = useLabel()
  const { app, faces } = useWorkspace()
  const { locale, zone } = useFormat()
  if (value === null || value === '') return null
  const { type } = field
  if (type.is === 'record')
    return <LinkText form={type.form} value={value} links={links === true && type.table === undefined} />
  if (type.is === 'any_record') return <AnyLinkText value={value} links={links === true} />
  if (type.is === 'list' && type.of.is === 'record')
    return <LinkList form={type.of.form} value={value} links={links === true} />
  const currency = bare
    ? undefined
    : currencyOf(field, (name, of) => (of === 'parent' ? parent : record)?.[name], app.workspace.currency)
  const context = { locale, zone, ...(currency ? { currency } : {}) }
  const face = faces.get(field.kind.name)
  if (face)
    return (
      <face.Display
        value={value}
        field={field.definition}
        label={label(field.definition.label, field.name)}
        {...context}
        {...(dense ? { dense } : {})}
      />
    )
  return <span className="fl-cut">{field.kind.format(value, field.definition, context)}</span>
}

interface LinkTextProps {
  readonly form: string
  readonly value: Json
  readonly links: boolean
}

function LinkText({ form, value, links }: LinkTextProps) {
  useSignal(titlesVersion)
  const { app } = useWorkspace()
  const id = isLinkValue(value) ? value.id : String(value)
  const title = isLinkValue(value) ? value.title : titleOf(id)
  const text = title || id.slice(0, 8)
  if (form === 'user')
    return (
      <span className="fl-person">
        <Avatar id={id} name={text} />
        <span className="fl-cut">{text}</span>
      </span>
    )
  if (!links || !app.forms.some((one) => one.name === form))
    return (
      <span className="fl-cut" title={text}>
        {text}
      </span>
    )
  return (
    <Link className="fl-cut" to="/f/$form/$id" params={{ form, id }} search={{}} title={text}>
      {text}
    </Link>
  )
}

function AnyLinkText({ value, links }: { readonly value: Json; readonly links: boolean }) {
  if (isObject(value) && typeof value['form'] === 'string')
    return <LinkText form={value['form']} value={value} links={links} />
  const [form = '', id = ''] = String(value).split('/')
  return <LinkText form={form} value={{ id, title: titleOf(String(value)) ?? id.slice(0, 8) }} links={links} />
}

function LinkList({ form, value, links }: LinkTextProps) {
  if (!Array.isArray(value)) return null
  return (
    <span className="fl-cut">
      {(value as readonly Json[]).map((one, index) => (
        <span key={isLinkValue(one) ? one.id : String(one)}>
          {index > 0 && ', '}
          <LinkText form={form} value={one} links={links} />
        </span>
      ))}
    </span>
  )
}
