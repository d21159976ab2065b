/** What a field kind shows in the browser: a light Display and a light Input. Label, help and problems are drawn around them. */
import type { ComponentType } from 'react'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Result } from '#base/result.ts'
import type { FieldDefinition } from '#definitions/definition.ts'

export interface FieldFaces {
  readonly Display: ComponentType<DisplayProps>
  /** Absent where the renderer itself draws the input (tables). */
  readonly Input?: ComponentType<InputProps>
}

interface FaceProps {
  readonly field: FieldDefinition
  /** The field's label, resolved; names controls that no `<label for>` reaches. */
  readonly label: string
  /** Canonical; a Display also takes a link as it is read, `{id, title}`. */
  readonly value: Json
  readonly locale: string
  readonly zone: string
  /** ISO 4217, resolved; for money. */
  readonly currency?: string
}

export interface DisplayProps extends FaceProps {
  /** In a cell of a table or list: one line, short dates. */
  readonly dense?: true
  /** What a link shows: `{id, title}`, or a list of these. */
  readonly display?: Json
}

export interface InputProps extends DisplayProps {
  /** Of the control (or of the group of controls); the label points at it. */
  readonly id: string
  readonly describedBy?: string
  readonly invalid?: boolean
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly autoFocus?: boolean
  /** A canonical value was entered. */
  onChange(value: Json): void
  /** Text that does not parse stays visible here and changes no value; `issues` is empty again once it parses. */
  onText?(text: string, issues: readonly Issue[]): void
  onBlur?(): void
  readonly pick?: PickRecords
  /** A record was chosen: its title, before the server says it. */
  onPick?(record: PickedRecord): void
  /** Sends a file to the server; absent: files can only be taken away. */
  readonly upload?: UploadFile
  /** Names of the forms of an any_link. */
  readonly formLabels?: Readonly<Record<string, string>>
}

/** The stored file, or why there is none, in the language of the page. Rejects only when `signal` has ended it. */
export type UploadFile = (file: File, how: UploadOptions) => Promise<Result<UploadedFile, string>>

export interface UploadOptions {
  /** Between 0 and 1. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

export interface UploadedFile {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly type: string
}

/** The candidates of a link: filtered by the field's filter and the caller's rights, best first. */
export type PickRecords = (form: string, query: string) => Promise<readonly PickedRecord[]>

export interface PickedRecord {
  readonly id: string
  readonly title: string
  readonly subtitle?: string
}
