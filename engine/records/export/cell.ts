/** One cell of a sheet, typed, and what a value of a field becomes in it. */
import { isDate, isDatetime } from '#base/dates.ts'
import { isObject, type Json } from '#base/json.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { FieldKind } from '#definitions/field-kind.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { sameJson } from '../same-json.ts'

export type Cell =
  | { readonly is: 'text'; readonly text: string }
  /** A plain decimal, at most 15 digits. */
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'boolean'; readonly value: boolean; readonly text: string }
  /** `YYYY-MM-DD` */
  | { readonly is: 'date'; readonly text: string }
  /** `YYYY-MM-DD HH:MM:SS`, as the clock on the wall shows it. */
  | { readonly is: 'datetime'; readonly text: string }
  | null

/** labels: for people, in their language and zone; names: for a program that reads the file back. */
export type HeaderStyle = 'labels' | 'names'

export interface CellContext {
  readonly style: HeaderStyle
  readonly locale: string
  readonly zone: string
}

export interface CellSource {
  readonly type: ValueType
  /** Absent for a system field. */
  readonly field?: { readonly kind: FieldKind; readonly definition: FieldDefinition }
}

/** A wire value as it is presented to the caller → its cell. What has not the shape of its type is masked, and a text. */
export function cellOf(value: Json | undefined, source: CellSource, context: CellContext): Cell {
  if (value === undefined || value === null || value === '') return null
  const { type } = source
  if (type.is === 'record' || type.is === 'any_record' || (type.is === 'list' && type.of.is === 'record'))
    return text(linkText(value, context.style))
  switch (type.is) {
    case 'integer':
    case 'decimal':
      return plainNumber.test(String(value)) ? { is: 'number', text: String(value) } : text(String(value))
    case 'boolean':
      return typeof value === 'boolean'
        ? { is: 'boolean', value, text: yesOrNo(value, source, context) }
        : text(String(value))
    case 'date':
      return isDate(value) ? { is: 'date', text: value } : text(String(value))
    case 'datetime':
      return momentCell(value, context)
    default:
      return text(otherText(value, source, context))
  }
}

const plainNumber = /^-?\d+(\.\d+)?$/

function text(content: string): Cell {
  return content === '' ? null : { is: 'text', text: content }
}

function yesOrNo(value: boolean, { field }: CellSource, { style, ...format }: CellContext): string {
  return style === 'labels' && field ? field.kind.format(value, field.definition, format) : String(value)
}

/** A spreadsheet knows no zones: people get their own wall clock, programs the moment itself. */
function momentCell(value: Json, { style, zone }: CellContext): Cell {
  if (!isDatetime(value) || style === 'names') return text(String(value))
  return { is: 'datetime', text: wallClock(zone).format(new Date(String(value))) }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The Swedish way of writing a moment is ISO 8601. */
function wallClock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(zone, made)
  return made
}

/** Titles for people, ids for programs. */
export function linkText(value: Json, style: HeaderStyle): string {
  if (Array.isArray(value)) return value.map((each: Json) => linkText(each, style)).join('; ')
  if (!isObject(value)) return String(value)
  if (style === 'labels' && typeof value['title'] === 'string') return value['title']
  const id = String(value['id'] ?? '')
  return typeof value['form'] === 'string' && style === 'names' ? `${value['form']}/${id}` : id
}

/** For programs: the wire value where it is a text, else what the kind can read back, else JSON. */
function otherText(value: Json, { type, field }: CellSource, { style, ...format }: CellContext): string {
  if (!field || (style === 'names' && type.is === 'text'))
    return typeof value === 'string' ? value : JSON.stringify(value)
  const written = field.kind.format(value, field.definition, format)
  if (style === 'labels') return written || (typeof value === 'string' ? value : '')
  const read = field.kind.parseText(written, field.definition, format)
  return read.ok && sameJson(read.value, value) ? written : JSON.stringify(value)
}
