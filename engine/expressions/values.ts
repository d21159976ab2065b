/** Between the wire and the evaluation: JSON of a record ⇄ typed values. Law: read(write(v)) = v for every value that a field can hold. */
import { formatDuration, isDate, isDatetime, isTime, parseDuration } from '#base/dates.ts'
import {
  type Decimal,
  decimalOf,
  fitsScale,
  formatDecimal,
  isDecimal,
  parseDecimal,
  roundDecimal,
  wholeNumber,
} from '#base/decimal.ts'
import { isObject, type Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from './expression.ts'

export const emptyValue: Value = null

/**
 * Canonical wire JSON → evaluation value; whatever does not fit the type is empty. Links may come as `{id, title}` too,
 * an any_link as `{form, id}`. The rows of a table are read by `form-program.ts`, which knows the columns.
 */
export function readValue(type: ValueType, wire: Json | undefined): Value {
  if (wire === null || wire === undefined || wire === '') return null
  switch (type.is) {
    case 'boolean':
      return typeof wire === 'boolean' ? wire : null
    case 'integer':
      return readInteger(wire)
    case 'decimal':
      return readDecimal(wire)
    case 'text':
      return typeof wire === 'string' ? wire : null
    case 'date':
      return isDate(wire) ? wire : null
    case 'time':
      return isTime(wire) ? wire : null
    case 'datetime':
      return isDatetime(wire) ? wire : null
    case 'duration':
      return typeof wire === 'string' ? parseDuration(wire) : readInteger(wire)
    case 'record':
      return readReference(isObject(wire) ? wire['id'] : wire)
    case 'any_record':
      return isObject(wire) ? readReference(`${wire['form']}/${wire['id']}`) : readReference(wire)
    case 'list':
      return readList(type.of, wire)
    case 'opaque':
      return (Array.isArray(wire) && wire.length === 0 ? null : wire) as Value
    case 'rows':
    case 'empty':
      return null
  }
}

/**
 * Evaluation value → canonical wire JSON. Decimals are rounded half away from zero to the scale of the type.
 * What the field cannot hold (more than 15 digits at its scale, an unsafe integer) is null: ask `overflows` to report it.
 */
export function writeValue(type: ValueType, value: Value): Json {
  if (value === null || overflows(type, value)) return null
  switch (type.is) {
    case 'integer':
      return wholeOfNumber(value)
    case 'decimal':
      return formatDecimal(toDecimal(value), type.scale)
    case 'duration': {
      const seconds = wholeOfNumber(value)
      return seconds === null ? null : formatDuration(seconds)
    }
    case 'list':
      return (value as readonly Value[]).map((item) => writeValue(type.of, item))
    case 'text':
      return isDecimal(value) ? formatDecimal(value) : String(value)
    case 'rows':
    case 'empty':
      return null
    default:
      return value as Json
  }
}

/** An evaluated value as a field of this type holds it: rounded half away from zero, once; empty where it does not fit. */
export function roundToType(type: ValueType, value: Value): Value {
  if (value === null || overflows(type, value)) return null
  if (type.is === 'decimal') return roundDecimal(toDecimal(value), type.scale)
  if (type.is === 'integer' || type.is === 'duration') return wholeOfNumber(value)
  return value
}

/** Is the number too long for its field? */
export function overflows(type: ValueType, value: Value): boolean {
  if (type.is !== 'decimal' && type.is !== 'integer' && type.is !== 'duration') return false
  if (typeof value !== 'number' && !isDecimal(value)) return false
  return type.is === 'decimal' ? !fitsScale(toDecimal(value), type.scale) : wholeOfNumber(value) === null
}

function readInteger(wire: Json): Value {
  if (typeof wire === 'number') return Number.isSafeInteger(wire) ? wire : null
  const decimal = typeof wire === 'string' ? parseDecimal(wire) : null
  return decimal === null ? null : wholeNumber(decimal)
}

function readDecimal(wire: Json): Value {
  if (typeof wire === 'number') return Number.isFinite(wire) ? decimalOf(wire) : null
  return typeof wire === 'string' ? parseDecimal(wire) : null
}

function readReference(wire: Json | undefined): Value {
  return typeof wire === 'string' && wire !== '' ? wire : null
}

function readList(of: ValueType, wire: Json): Value {
  if (!Array.isArray(wire)) return null
  const values = wire.map((item: Json) => readValue(of, item)).filter((value) => value !== null)
  return values.length === 0 ? null : (values as Value)
}

function toDecimal(value: Value): Decimal {
  return isDecimal(value) ? value : decimalOf(value as number)
}

function wholeOfNumber(value: Value): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  return isDecimal(value) ? wholeNumber(roundDecimal(value, 0)) : null
}
