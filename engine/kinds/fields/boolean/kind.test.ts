import { provesFieldKind } from '../../contract-suite.ts'
import { boolean } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(boolean, samples)
