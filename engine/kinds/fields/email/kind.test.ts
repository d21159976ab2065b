import { provesFieldKind } from '../../contract-suite.ts'
import { email } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(email, samples)
