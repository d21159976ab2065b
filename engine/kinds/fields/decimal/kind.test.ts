import { provesFieldKind } from '../../contract-suite.ts'
import { decimal } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(decimal, samples)
