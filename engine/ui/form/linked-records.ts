/** Reads over links (`customer.tier`): loaded when an expression first asks, then told to whoever listens. */

import type { Json } from '#base/json.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { Model } from '#definitions/model.ts'
import { fieldType } from '#definitions/system-fields.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from '#expressions/expression.ts'
import { readValue } from '#expressions/values.ts'
import { titleOf, withPlainLinks } from './titles.ts'

export type LoadRecord = (form: string, id: string) => Promise<RecordAnswer>

export class LinkedRecords {
  private readonly records = new Map<string, RecordAnswer | null>()
  private readonly asked = new Map<string, Promise<RecordAnswer | null>>()
  private readonly model: Model
  private readonly load: LoadRecord
  private readonly onArrival: () => void

  constructor(model: Model, load: LoadRecord, onArrival: () => void) {
    this.model = model
    this.load = load
    this.onArrival = onArrival
  }

  /** The value at the end of the path; undefined while it is being loaded. */
  read(form: string, id: string, path: readonly string[]): Value | undefined {
    const [field = '', ...rest] = path
    const type = this.typeOf(form, field)
    if (!type) return null
    if (field === 'title' && rest.length === 0 && titleOf(id) !== undefined) return titleOf(id)
    const record = this.records.get(`${form}/${id}`)
    if (record === undefined) {
      void this.fetch(form, id)
      return undefined
    }
    const value = readValue(type, withPlainLinks(record?.[field] as Json | undefined))
    if (rest.length === 0 || value === null) return value
    return type.is === 'record' && typeof value === 'string' ? this.read(type.form, value, rest) : null
  }

  /** The wire value at the end of the path, loaded if need be. */
  async value(form: string, id: string, path: readonly string[]): Promise<Json> {
    const [field = '', ...rest] = path
    const record = await this.fetch(form, id)
    const wire = withPlainLinks(record?.[field] as Json | undefined)
    if (rest.length === 0 || wire === null) return wire
    const type = this.typeOf(form, field)
    return type?.is === 'record' && typeof wire === 'string' ? this.value(type.form, wire, rest) : null
  }

  private typeOf(form: string, field: string): ValueType | undefined {
    const found = this.model.forms.get(form)
    return found && fieldType(found, field)
  }

  /** A record that may not be read counts as empty. */
  private fetch(form: string, id: string): Promise<RecordAnswer | null> {
    const key = `${form}/${id}`
    const running = this.asked.get(key)
    if (running) return running
    const started = this.load(form, id)
      .catch(() => null)
      .then((record) => {
        this.records.set(key, record)
        this.onArrival()
        return record
      })
    this.asked.set(key, started)
    return started
  }
}
