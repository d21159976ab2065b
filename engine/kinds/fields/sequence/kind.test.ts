import { provesFieldKind } from '../../contract-suite.ts'
import { sequence } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(sequence, samples)
