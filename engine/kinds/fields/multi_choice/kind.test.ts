import { provesFieldKind } from '../../contract-suite.ts'
import { multiChoice } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(multiChoice, samples)
