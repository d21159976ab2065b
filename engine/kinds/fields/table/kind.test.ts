import { provesFieldKind } from '../../contract-suite.ts'
import { table } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(table, samples)
