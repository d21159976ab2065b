/** The laws that every field kind keeps, run over the samples of its folder. Called by each `kind.test.ts`. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import { languages } from '#base/text.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { FieldKind, FormatContext, KindOption, Parsed } from '#definitions/field-kind.ts'

/** `samples.json` of a kind. `field` holds options of the kind; those of a case are added to those of the file. */
export interface KindSamples {
  readonly field: JsonObject
  /** The canonical empty value where it is not null. */
  readonly empty?: Json
  /** The format is for people only; spreadsheets hold the JSON of the value (or its canonical text). */
  readonly written?: string
  readonly values: readonly Json[]
  readonly formats: readonly ({ readonly value: Json; readonly en: string; readonly 'zh-CN'?: string } & Case)[]
  readonly accepts: readonly ({ readonly input: Json; readonly value: Json } & Case)[]
  readonly refuses: readonly ({ readonly input: Json; readonly code: string } & Case)[]
  readonly texts: readonly ({ readonly text: string; readonly value: Json } & Case)[]
  readonly refusesText: readonly ({ readonly text: string; readonly code: string } & Case)[]
  readonly options: Readonly<Record<string, readonly Effect[]>>
}

interface Case {
  readonly field?: JsonObject
  readonly locale?: string
  readonly zone?: string
  readonly currency?: string
}

/** What an option changes. Each is asserted with the option, and asserted not to hold without it. */
type Effect =
  | { readonly effect: 'check'; readonly field: JsonObject; readonly value: Json; readonly code: string }
  | { readonly effect: 'allows'; readonly field: JsonObject; readonly value: Json; readonly code: string }
  | { readonly effect: 'parse'; readonly field: JsonObject; readonly input: Json; readonly value: Json }
  | { readonly effect: 'type'; readonly field: JsonObject; readonly type: Json }
  | { readonly effect: 'format'; readonly field: JsonObject; readonly value: Json; readonly text: string }
  | { readonly effect: 'links'; readonly field: JsonObject; readonly forms: readonly string[] }
  | { readonly effect: 'options'; readonly field: JsonObject; readonly code: string }
  /** The kind only declares it; the layer named acts on it and tests it. */
  | { readonly effect: 'elsewhere'; readonly field: JsonObject; readonly layer: string }

const ajv = new Ajv2020({ strict: false, allErrors: true })
const junk: readonly Json[] = [null, true, -7, 1.5, '', 'NO SUCH', {}, [], [0], { '?': 0 }]

/** Declares the tests of one kind: `provesFieldKind(money, samples)`. */
export function provesFieldKind(kind: FieldKind, file: unknown): void {
  const samples = file as KindSamples
  describe(`field kind ${kind.name}`, () => {
    describesItself(kind)
    keepsCanonicalValues(kind, samples)
    readsWhatItWrites(kind, samples)
    answersItsSamples(kind, samples)
    for (const option of kind.options) obeysOption({ kind, samples, option })
  })
}

function describesItself(kind: FieldKind): void {
  it('has a label in both languages', () => {
    for (const language of languages) expect(Object(kind.label)[language]).toMatch(/\S/)
  })
  it('has labelled options whose defaults and choices fit their own schemas', () => {
    for (const option of kind.options) {
      for (const language of languages) expect(Object(option.label)[language]).toMatch(/\S/)
      const fits = ajv.compile(Object(option.schema))
      if (option.default !== undefined) expect(fits(option.default), option.name).toBe(true)
      for (const choice of option.choices ?? []) expect(fits(choice.value), option.name).toBe(true)
    }
  })
}

function keepsCanonicalValues(kind: FieldKind, samples: KindSamples): void {
  const field = fieldOf(kind, samples)
  const empty = samples.empty ?? null
  it('keeps canonical values as they are, and they pass its checks', () => {
    for (const value of samples.values) {
      expect(kind.parse(value, field)).toEqual({ ok: true, value })
      expect(kind.check(value, field)).toEqual([])
    }
  })
  it('makes a sample that is canonical and passes its checks', () => {
    const sample = kind.sample(field)
    expect(kind.parse(sample, field)).toEqual({ ok: true, value: sample })
    expect(kind.check(sample, field)).toEqual([])
  })
  it('reads absent, null and the empty string as empty', () => {
    for (const input of [undefined, null, '']) expect(kind.parse(input, field)).toEqual({ ok: true, value: empty })
    for (const text of ['', '  '])
      expect(kind.parseText(text, field, contextOf({}))).toEqual({ ok: true, value: empty })
    if (empty === null) expect(kind.format(null, field, contextOf({}))).toBe('')
  })
  it('gives the same type each time', () => {
    expect(kind.type(field)).toEqual(kind.type({ ...field }))
  })
  it('answers any JSON and any text without throwing, and what it accepts stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (input) => staysPut(kind, field, kind.parse(input, field))),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.jsonValue(), (input) => staysJson(kind.parse(input, field))),
      { numRuns: 100 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('en', 'zh-CN', 'de'), (text, locale) =>
        staysPut(kind, field, kind.parseText(text, field, contextOf({ locale }))),
      ),
      { numRuns: 300 },
    )
  })
}

function staysPut(kind: FieldKind, field: FieldDefinition, parsed: Parsed): void {
  if (!parsed.ok) {
    expect(parsed.problem.length).toBeGreaterThan(0)
    return
  }
  expect(kind.parse(parsed.value, field)).toEqual(parsed)
  if (parsed.value === null) return
  kind.check(parsed.value, field)
  expect(typeof kind.format(parsed.value, field, contextOf({}))).toBe('string')
}

function staysJson(parsed: Parsed): void {
  if (parsed.ok) expect(JSON.parse(JSON.stringify(parsed.value))).toEqual(parsed.value)
}

function readsWhatItWrites(kind: FieldKind, samples: KindSamples): void {
  const field = fieldOf(kind, samples)
  it(
    samples.written === undefined
      ? 'reads what it writes in every locale'
      : `reads ${samples.written}; what it writes is for people`,
    () => {
      for (const value of samples.values) {
        for (const locale of [...languages, 'de', 'fr', 'en-IN']) {
          const context = contextOf({ locale, zone: 'America/New_York' })
          const text =
            samples.written === undefined
              ? kind.format(value, field, context)
              : typeof value === 'string'
                ? value
                : JSON.stringify(value)
          expect(kind.parseText(text, field, context), `${locale}: ${text}`).toEqual({ ok: true, value })
        }
      }
    },
  )
}

function answersItsSamples(kind: FieldKind, samples: KindSamples): void {
  it.each(samples.formats)('writes $value as $en', ({ value, en, 'zh-CN': zh, ...more }) => {
    expect(
      kind.format(value, fieldOf(kind, samples, more.field), contextOf({ ...more, locale: more.locale ?? 'en' })),
    ).toBe(en)
    if (zh !== undefined)
      expect(kind.format(value, fieldOf(kind, samples, more.field), contextOf({ ...more, locale: 'zh-CN' }))).toBe(zh)
  })
  it.each(samples.accepts)('accepts $input as $value', ({ input, value, field }) => {
    expect(kind.parse(input, fieldOf(kind, samples, field))).toEqual({ ok: true, value })
  })
  it.each(samples.refuses)('refuses $input with $code', ({ input, code, field }) => {
    expect(codesOf(kind.parse(input, fieldOf(kind, samples, field)))).toContain(code)
  })
  if (samples.texts.length > 0) {
    it.each(samples.texts)('reads "$text" as $value', ({ text, value, ...more }) => {
      expect(kind.parseText(text, fieldOf(kind, samples, more.field), contextOf(more))).toEqual({ ok: true, value })
    })
  }
  if (samples.refusesText.length > 0) {
    it.each(samples.refusesText)('refuses the text "$text" with $code', ({ text, code, ...more }) => {
      expect(codesOf(kind.parseText(text, fieldOf(kind, samples, more.field), contextOf(more)))).toContain(code)
    })
  }
}

function obeysOption({
  kind,
  samples,
  option,
}: {
  readonly kind: FieldKind
  readonly samples: KindSamples
  readonly option: KindOption
}): void {
  const effects = samples.options[option.name] ?? []
  it(`has a schema of option ${option.name} that takes its samples and refuses junk`, () => {
    const fits = ajv.compile(Object(option.schema))
    for (const { field } of effects) expect(fits(field[option.name]) || field[option.name] === undefined).toBe(true)
    expect(junk.some((value) => !fits(value))).toBe(true)
  })
  it(`has samples of option ${option.name}`, () => expect(effects).not.toEqual([]))
  for (const effect of effects) {
    if (effect.effect === 'elsewhere')
      it(`declares option ${option.name}, which ${effect.layer} reads`, () =>
        expect(kind.parse(null, fieldOf(kind, samples, effect.field)).ok).toBe(true))
    else
      it(`obeys option ${option.name} (${effect.effect} ${JSON.stringify(effect.field)})`, () => {
        const full = fieldOf(kind, samples, effect.field)
        expect(seen(kind, full, effect)).toEqual(expected(effect))
        const { [option.name]: _left, ...without } = full
        expect(seen(kind, without as FieldDefinition, effect)).not.toEqual(expected(effect))
      })
  }
}

function seen(kind: FieldKind, field: FieldDefinition, effect: Exclude<Effect, { effect: 'elsewhere' }>): unknown {
  switch (effect.effect) {
    case 'check':
      return kind.check(effect.value, field).some((each) => each.code === effect.code)
    case 'allows':
      return !kind.check(effect.value, field).some((each) => each.code === effect.code)
    case 'parse':
      return kind.parse(effect.input, field)
    case 'type':
      return kind.type(field)
    case 'format':
      return kind.format(effect.value, field, contextOf({}))
    case 'links':
      return kind.linksTo?.(field)
    case 'options':
      return kind.checkOptions?.(field).some((each) => each.code === effect.code)
  }
}

function expected(effect: Exclude<Effect, { effect: 'elsewhere' }>): unknown {
  switch (effect.effect) {
    case 'check':
    case 'allows':
      return true
    case 'parse':
      return { ok: true, value: effect.value }
    case 'type':
      return effect.type
    case 'format':
      return effect.text
    case 'links':
      return effect.forms
    case 'options':
      return true
  }
}

function fieldOf(kind: FieldKind, samples: KindSamples, more: JsonObject = {}): FieldDefinition {
  return { name: 'sample', type: kind.name, ...samples.field, ...more } as FieldDefinition
}

function contextOf({ locale = 'en', zone = 'Asia/Shanghai', currency }: Case): FormatContext {
  return currency === undefined ? { locale, zone } : { locale, zone, currency }
}

function codesOf(parsed: Parsed): readonly string[] {
  return parsed.ok ? [] : parsed.problem.map((each) => each.code)
}
