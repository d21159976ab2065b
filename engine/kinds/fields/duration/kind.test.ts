import { provesFieldKind } from '../../contract-suite.ts'
import { duration } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(duration, samples)
