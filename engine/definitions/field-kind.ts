/** What a field kind promises: one pure manifest per folder of the shelf. No layer imports the shelf; the roots pass the catalogue in. */
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Result } from '#base/result.ts'
import type { Locale, Text } from '#base/text.ts'
import type { FieldDefinition } from './definition.ts'
import type { ValueType } from './value-type.ts'

/** One option of a kind: JSON Schema, default and property panel in one. */
export interface KindOption {
  readonly name: string
  readonly label: Text
  readonly help?: Text
  /** Editor in the property panel. */
  readonly editor:
    | 'text'
    | 'number'
    | 'switch'
    | 'choice'
    | 'options'
    | 'form'
    | 'field'
    | 'fields'
    | 'expression'
    | 'pattern'
    | 'strings'
    | 'copy'
    | 'json'
  /** JSON Schema (draft 2020-12) of the option's value. */
  readonly schema: Json
  readonly default?: Json
  readonly choices?: readonly { readonly value: string; readonly label: Text }[]
  readonly required?: boolean
}

/** Who types: decides separators, zone and wording. */
export interface FormatContext {
  readonly locale: Locale
  /** IANA zone, for datetimes. */
  readonly zone: string
  /** ISO 4217 code that a money field shows, already resolved. */
  readonly currency?: string
}

export type Parsed = Result<Json, readonly Issue[]>

export interface FieldKind {
  readonly name: string
  readonly version: number
  readonly label: Text
  readonly icon: string
  readonly group: 'text' | 'number' | 'time' | 'choice' | 'people' | 'record' | 'file' | 'other'
  readonly options: readonly KindOption[]
  /** The static type; decides column, comparisons and expressions. */
  type(field: FieldDefinition): ValueType
  /** Unknown JSON → the canonical wire value (null when empty), or issues whose pointers are relative to the value. */
  parse(input: unknown, field: FieldDefinition): Parsed
  /** What a person typed or a spreadsheet holds, in their locale → the canonical wire value. */
  parseText(text: string, field: FieldDefinition, context: FormatContext): Parsed
  /** The canonical value as people read it. `parseText(format(v)) = v`. */
  format(value: Json, field: FieldDefinition, context: FormatContext): string
  /** Limits of the field (min, max, pattern, length, options); value is canonical and not empty. */
  check(value: Json, field: FieldDefinition): readonly Issue[]
  /** A plausible value for previews and tests. */
  sample(field: FieldDefinition): Json
  /** May carry a formula or a roll-up. */
  readonly computable: boolean
  /** Its value is made by the engine on create (sequence). */
  readonly generated?: boolean
  /** Its value lists uploaded files, `{id, name, size, type}`: the engine attaches them to the record. */
  readonly holdsFiles?: true
  /** Forms that a value of this field points at. */
  linksTo?(field: FieldDefinition): readonly string[]
  /** Checks of the options that a schema cannot say (a runaway pattern, min above max). Pointers relative to the field. */
  checkOptions?(field: FieldDefinition): readonly Issue[]
}

export type FieldKinds = ReadonlyMap<string, FieldKind>

/** Names a kind; keeps literal types where it is written. */
export function defineFieldKind(kind: FieldKind): FieldKind {
  return kind
}
