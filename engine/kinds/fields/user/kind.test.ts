import { provesFieldKind } from '../../contract-suite.ts'
import { user } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(user, samples)
