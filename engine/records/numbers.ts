/** Numbers of sequence fields: given at commit, so that a refused write burns none of the gapless ones. */
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { isEmpty } from '#expressions/judge.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import { nextNumber, raiseNumber } from '#storage/sequences.ts'
import type { RecordContext } from './context.ts'

/** Numbers every empty sequence field that counts on create; a placed number moves the counter past itself. */
export async function assignNumbers(
  db: Connection,
  context: RecordContext,
  request: { live: LiveRecord; placing: boolean },
): Promise<void> {
  const { live } = request
  const numbered = [...live.program.fields.values()].filter((program) => program.field.kind.generated)
  for (const program of numbered) {
    const given = live.wire(program.field.name)
    const key = sequenceKey(live, program, context.around.today)
    if (!isEmpty(given)) await raise(db, { key, given: String(given), pattern: patternOf(program) })
    else if ((program.field.definition.on ?? 'create') === 'create') {
      live.set(
        program.field.name,
        fillPattern(live, patternOf(program), { number: await nextNumber(db, key), today: context.around.today }),
      )
    }
  }
}

/** Moves the counters past the numbers that a record was given on this day: for whoever writes it again from its changes. */
export async function raiseNumbers(
  db: Connection,
  request: { readonly live: LiveRecord; readonly fields: ReadonlySet<string>; readonly today: string },
): Promise<void> {
  const { live, fields, today } = request
  for (const program of live.program.fields.values()) {
    const given = live.wire(program.field.name)
    if (!program.field.kind.generated || !fields.has(program.field.name) || isEmpty(given)) continue
    await raise(db, { key: sequenceKey(live, program, today), given: String(given), pattern: patternOf(program) })
  }
}

function patternOf(program: FieldProgram): string {
  return typeof program.field.definition.pattern === 'string' ? program.field.definition.pattern : '{#####}'
}

function sequenceKey(live: LiveRecord, program: FieldProgram, today: string) {
  const { definition, name } = program.field
  const scope = Array.isArray(definition.scope)
    ? (definition.scope as string[]).map((field) => JSON.stringify(live.wire(field))).join('|')
    : ''
  const lengths: Readonly<Record<string, number>> = { year: 4, month: 7, day: 10 }
  const period = today.slice(0, lengths[String(definition.reset)] ?? 0)
  return { form: live.program.form.name, field: name, scope, period, gapless: definition.gapless === true }
}

/** `SO-{YYYY}{MM}-{#####}` → `SO-202611-00042`; `{company.code}` reads the record. A number longer than its mask is never cut. */
export function fillPattern(live: LiveRecord, pattern: string, parts: { number: number; today: string }): string {
  const [year, month, day] = parts.today.split('-') as [string, string, string]
  return pattern.replace(/\{([^}]*)\}/g, (_, token: string) => {
    if (/^#+$/.test(token)) return String(parts.number).padStart(token.length, '0')
    const dates: Readonly<Record<string, string>> = { YYYY: year, YY: year.slice(2), MM: month, DD: day }
    return dates[token] ?? textAt(live, token)
  })
}

function textAt(live: LiveRecord, path: string): string {
  const [first, ...rest] = path.split('.')
  const value: Json = live.wire(first ?? '')
  if (rest.length === 0) return value === null ? '' : String(value)
  const field = live.program.form.fields.get(first ?? '')
  if (field?.type.is !== 'record') throw new Bug('number pattern reads through a value', { path })
  const linked = typeof value === 'string' ? live.around.linked?.(field.type.form, value, rest) : null
  return linked === null || linked === undefined ? '' : String(linked)
}

async function raise(
  db: Connection,
  placed: { key: ReturnType<typeof sequenceKey>; given: string; pattern: string },
): Promise<void> {
  const [before = '', after = ''] = placed.pattern.split(/\{#+\}/)
  const fits = (number: RegExpMatchArray) => {
    const end = number.index === undefined ? 0 : number.index + number[0].length
    return standsFor(before, placed.given.slice(0, number.index)) && standsFor(after, placed.given.slice(end))
  }
  const found = [...placed.given.matchAll(/\d{1,12}/g)].find(fits)
  if (found) await raiseNumber(db, placed.key, Number(found[0]))
}

/** Could the text be what a part of a pattern was filled to? Texts between placeholders stand in their order; linear, whatever the pattern is. */
function standsFor(part: string, text: string): boolean {
  const fixed = part.split(/\{[^}]*\}/)
  const [first = '', last = ''] = [fixed[0], fixed.at(-1)]
  if (fixed.length === 1) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let rest = text.slice(first.length, text.length - last.length)
  for (const each of fixed.slice(1, -1)) {
    const at = rest.indexOf(each)
    if (at < 0) return false
    rest = rest.slice(at + each.length)
  }
  return true
}
