import { provesFieldKind } from '../../contract-suite.ts'
import { phone } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(phone, samples)
