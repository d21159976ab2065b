import { provesFieldKind } from '../../contract-suite.ts'
import { percent } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(percent, samples)
