import { provesFieldKind } from '../../contract-suite.ts'
import { color } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(color, samples)
