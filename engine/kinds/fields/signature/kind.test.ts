import { provesFieldKind } from '../../contract-suite.ts'
import { signature } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(signature, samples)
