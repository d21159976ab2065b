/** Matching in linear time: all ways through the pattern are followed at once (Thompson 1968), so no text makes it run away. */
import { fail, ok, type Result } from '../result.ts'
import { type PatternFault, type PatternNode, parsePattern, patternLimits } from './parse-pattern.ts'

/** True when the whole text fits. Work is at most (characters of the text) × (length of the pattern, repetitions written out). */
export type PatternMatch = (text: string) => boolean

/** `compilePattern('[A-Z]{2}\\d+')` → a function; or where the pattern leaves the subset of `parsePattern`. */
export function compilePattern(source: string): Result<PatternMatch, PatternFault> {
  const parsed = parsePattern(source)
  if (!parsed.ok) return parsed
  const program: Instruction[] = []
  emit(program, parsed.value)
  if (program.length > patternLimits.instructions) return fail({ position: 0, reason: 'too-often' })
  program.push({ op: 'match' })
  return ok((text) => run(program, text))
}

type Instruction =
  | { readonly op: 'one'; readonly fits: (point: number) => boolean }
  | { readonly op: 'start' | 'end' | 'match' }
  | { readonly op: 'jump'; to: number }
  /** Goes on here and there. */
  | { readonly op: 'fork'; here: number; there: number }

function emit(program: Instruction[], node: PatternNode): void {
  if (program.length > patternLimits.instructions) return
  switch (node.is) {
    case 'one':
      program.push({ op: 'one', fits: node.fits })
      return
    case 'start':
    case 'end':
      program.push({ op: node.is })
      return
    case 'sequence':
      for (const part of node.parts) emit(program, part)
      return
    case 'either':
      emitEither(program, node.branches)
      return
    case 'repeat':
      emitRepeat(program, node)
      return
  }
}

function emitEither(program: Instruction[], branches: readonly PatternNode[]): void {
  const ends: { op: 'jump'; to: number }[] = []
  for (const [index, branch] of branches.entries()) {
    const fork = { op: 'fork' as const, here: program.length + 1, there: 0 }
    if (index < branches.length - 1) program.push(fork)
    emit(program, branch)
    const jump = { op: 'jump' as const, to: 0 }
    program.push(jump)
    ends.push(jump)
    fork.there = program.length
  }
  for (const jump of ends) jump.to = program.length
}

function emitRepeat(program: Instruction[], { part, least, most }: Extract<PatternNode, { is: 'repeat' }>): void {
  for (let time = 0; time < least; time++) emit(program, part)
  if (most === Infinity) {
    const fork = { op: 'fork' as const, here: program.length + 1, there: 0 }
    const back = program.length
    program.push(fork)
    emit(program, part)
    program.push({ op: 'jump', to: back })
    fork.there = program.length
    return
  }
  const forks: { op: 'fork'; here: number; there: number }[] = []
  for (let time = least; time < most && program.length <= patternLimits.instructions; time++) {
    const fork = { op: 'fork' as const, here: program.length + 1, there: 0 }
    program.push(fork)
    forks.push(fork)
    emit(program, part)
  }
  for (const fork of forks) fork.there = program.length
}

function run(program: readonly Instruction[], text: string): boolean {
  const points = Array.from(text, (one) => one.codePointAt(0) ?? 0)
  let current = reach(program, [0], { first: true, last: points.length === 0 })
  for (const [index, point] of points.entries()) {
    const next = [...current]
      .filter((at) => {
        const instruction = program[at]
        return instruction?.op === 'one' && instruction.fits(point)
      })
      .map((at) => at + 1)
    if (next.length === 0) return false
    current = reach(program, next, { first: false, last: index === points.length - 1 })
  }
  return current.has(program.length - 1)
}

/** Everything that is reached without reading a character. */
function reach(
  program: readonly Instruction[],
  from: readonly number[],
  at: { readonly first: boolean; readonly last: boolean },
): ReadonlySet<number> {
  const reached = new Set<number>()
  const waiting = [...from]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (reached.has(place)) continue
    reached.add(place)
    const instruction = program[place]
    if (instruction?.op === 'jump') waiting.push(instruction.to)
    else if (instruction?.op === 'fork') waiting.push(instruction.there, instruction.here)
    else if ((instruction?.op === 'start' && at.first) || (instruction?.op === 'end' && at.last))
      waiting.push(place + 1)
  }
  return reached
}
