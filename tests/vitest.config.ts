/** The test projects: which files belong together, and how much of the machine each may take. */
import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

interface ProjectShape {
  readonly name: string
  readonly include?: readonly string[]
  readonly timeoutMs?: number
  /** Heavy projects run after the lighter ones: one file at a time, groups in this order. */
  readonly alone?: number
}

const projects: readonly ProjectShape[] = [
  {
    name: 'unit',
    include: ['engine/**/*.test.ts', 'engine/**/*.test.tsx', 'designer/**/*.test.ts', 'designer/**/*.test.tsx'],
    timeoutMs: 15_000,
  },
  { name: 'house', timeoutMs: 30_000 },
  { name: 'golden', timeoutMs: 30_000 },
  { name: 'laws', timeoutMs: 180_000 },
  { name: 'journeys', timeoutMs: 120_000 },
  { name: 'packs', timeoutMs: 300_000, alone: 1 },
  { name: 'browser', timeoutMs: 180_000, alone: 2 },
  { name: 'faults', timeoutMs: 300_000, alone: 3 },
]

function project(shape: ProjectShape): TestProjectInlineConfiguration {
  const include = shape.include ?? [`tests/${shape.name}/**/*.test.ts`]
  const timeoutMs = shape.timeoutMs ?? 15_000
  return {
    root,
    test: {
      name: shape.name,
      include: [...include],
      environment: 'node',
      pool: 'forks',
      testTimeout: timeoutMs,
      hookTimeout: Math.max(timeoutMs, 60_000),
      fileParallelism: shape.alone === undefined,
      sequence: { groupOrder: shape.alone ?? 0 },
      maxWorkers: shape.alone === undefined ? 2 : 1,
    },
  }
}

export default defineConfig({
  root,
  test: {
    globalSetup: ['tests/support/setup.ts'],
    maxWorkers: 2,
    passWithNoTests: false,
    projects: projects.map(project),
  },
})
