/** The answers of a kind's `parse` and `check`, and the emptiness that every kind shares. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { fail, ok } from '#base/result.ts'
import type { Text } from '#base/text.ts'
import type { Parsed } from '#definitions/field-kind.ts'

/** An accepted value in its canonical form. */
export function accept(value: Json): Parsed {
  return ok(value)
}

/** A refused value: one issue at the value itself, or at `pointer` below it. */
export function refuse(code: string, params?: JsonObject, pointer = ''): Parsed {
  return fail([issue(code, params, pointer)])
}

/** One issue of a kind; its text stands in the catalogue of issue texts. */
export function issue(code: string, params?: JsonObject, pointer = ''): Issue {
  return params === undefined ? { pointer, code } : { pointer, code, params }
}

/** True for what every kind reads as "nothing": absent, null, the empty string. */
export function isEmpty(input: unknown): input is undefined | null | '' {
  return input === undefined || input === null || input === ''
}

/** A label in both languages: `both('Date', '日期')`. */
export function both(en: string, zh: string): Text {
  return { en, 'zh-CN': zh }
}

/** A whole-number option of the field, or its default. */
export function numberOption(option: unknown, fallback: number): number {
  return typeof option === 'number' && Number.isFinite(option) ? option : fallback
}

/** A text option of the field, if it is one. */
export function textOption(option: unknown): string | undefined {
  return typeof option === 'string' ? option : undefined
}

/** The texts of a list option; none when it is absent. */
export function textsOption(option: unknown): readonly string[] {
  return Array.isArray(option) ? option.filter((entry) => typeof entry === 'string') : []
}
