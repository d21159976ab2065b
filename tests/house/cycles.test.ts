/** No module reaches itself again through its imports, type-only ones included. */
import { expect, it } from 'vitest'
import { type Module, modulesIn } from '#tests/support/sources.ts'

const modules = modulesIn('engine', 'designer', 'tests')

it('finds modules to look at', () => {
  expect(modules.length).toBeGreaterThan(0)
})

it('finds a cycle where there is one', () => {
  const module = (path: string, target: string): Module => ({ path, text: '', imports: [{ specifier: '', target }] })
  expect(cyclesOf([module('a', 'b'), module('b', 'c'), module('c', 'b')])).toEqual([['b', 'c']])
})

it('has no cycle of imports', () => {
  expect(cyclesOf(modules)).toEqual([])
})

/** Tarjan's strongly connected components with more than one member, or a module that imports itself. */
function cyclesOf(among: readonly Module[]): readonly (readonly string[])[] {
  const targets = new Map(among.map(({ path, imports }) => [path, imports.map(({ target }) => target)]))
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []

  const visit = (path: string): void => {
    order.set(path, order.size)
    lowest.set(path, order.size - 1)
    open.push(path)
    for (const target of targets.get(path) ?? []) {
      if (target === null || !targets.has(target)) continue
      if (!order.has(target)) visit(target)
      if (open.includes(target)) lowest.set(path, Math.min(at(lowest, path), at(lowest, target)))
    }
    if (at(lowest, path) !== at(order, path)) return
    const component = open.splice(open.indexOf(path))
    if (component.length > 1 || targets.get(path)?.includes(path)) found.push(component.sort())
  }
  for (const { path } of among) if (!order.has(path)) visit(path)
  return found
}

function at(numbers: ReadonlyMap<string, number>, path: string): number {
  return numbers.get(path) ?? Number.POSITIVE_INFINITY
}
