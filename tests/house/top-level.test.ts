/** Whoever opens the project sees its rooms and nothing else. */
import { expect, it } from 'vitest'
import { projectFiles } from '#tests/support/sources.ts'

const rooms = ['.ci', 'designer', 'engine', 'examples', 'templates', 'tests']
const files = ['.gitignore', 'LICENSE', 'README.md', 'package-lock.json', 'package.json', 'tsconfig.json']
/** Tools that insist on a file at the top keep it out of sight. */
const dotFiles = ['.biome.json']

it('has exactly these entries at the top level', () => {
  const entries = new Set(projectFiles().map((path) => path.split('/')[0]))
  expect([...entries].sort()).toEqual([...rooms, ...files, ...dotFiles].sort())
})
