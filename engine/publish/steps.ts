/** Long work in steps: in one go for a command line, with turns for others between them in a server. */

/** The longest that one turn takes, as far as single steps are shorter. */
const turnMs = 5

export function atOnce<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

export async function beside<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const endMs = performance.now() + turnMs
    while (performance.now() < endMs) {
      const { done, value } = steps.next()
      if (done) return value
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}
