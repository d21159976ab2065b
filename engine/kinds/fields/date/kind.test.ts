import { provesFieldKind } from '../../contract-suite.ts'
import { date } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(date, samples)
