/** The layers, and which of them each may import: the arrows of the house, downwards only. */

const pure = ['base', 'definitions', 'expressions']
const shared = [...pure, 'contract', 'access']
const belowApi = [...shared, 'storage', 'accounts', 'records', 'publish', 'workflow', 'reports', 'files', 'egress']

/** Layer → layers that it may import besides itself. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  definitions: ['base'],
  expressions: ['base', 'definitions'],
  contract: pure,
  access: pure,
  storage: shared,
  accounts: [...shared, 'storage', 'records'],
  records: [...shared, 'storage'],
  publish: [...shared, 'storage', 'accounts', 'records', 'files'],
  workflow: [...shared, 'storage', 'accounts', 'records'],
  reports: [...shared, 'storage'],
  files: ['base', 'definitions'],
  egress: ['base', 'definitions'],
  api: belowApi,
  cli: [...belowApi, 'api'],
  kinds: pure,
  ui: [...shared, 'kinds'],
  designer: [...shared, 'kinds', 'ui'],
}

export const pureLayers: readonly string[] = shared
export const serverLayers: readonly string[] = [
  'storage',
  'accounts',
  'records',
  'publish',
  'workflow',
  'reports',
  'files',
  'egress',
  'api',
  'cli',
]

/** The only files that may see everything. */
export const compositionRoots: readonly string[] = [
  'engine/main.ts',
  'engine/cli/main.ts',
  'engine/ui/main.tsx',
  'designer/shell/main.tsx',
]

/** `engine/storage/x.ts` → `storage`; files that belong to no layer → null. */
export function layerOf(path: string): string | null {
  const [top, second] = path.split('/')
  if (top === 'designer') return 'designer'
  return top === 'engine' && second !== undefined && second in arrows ? second : null
}
