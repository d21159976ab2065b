import { provesFieldKind } from '../../contract-suite.ts'
import { time } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(time, samples)
