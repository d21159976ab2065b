import { provesFieldKind } from '../../contract-suite.ts'
import { money } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(money, samples)
