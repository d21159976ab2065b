/** The regular expressions of definitions at run time: whole text, Unicode, compiled once. */
const compiled = new Map<string, RegExp | null>()
const keepAtMost = 1000

/** True when the whole text fits the pattern; a pattern that does not compile fits nothing. */
export function isWithinPattern(text: string, pattern: string): boolean {
  return compile(pattern)?.test(text) ?? false
}

function compile(pattern: string): RegExp | null {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size >= keepAtMost) compiled.clear()
  const fresh = tryCompile(pattern)
  compiled.set(pattern, fresh)
  return fresh
}

function tryCompile(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
