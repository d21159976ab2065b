import { provesFieldKind } from '../../contract-suite.ts'
import { rating } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(rating, samples)
