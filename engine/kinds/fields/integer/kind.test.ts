import { provesFieldKind } from '../../contract-suite.ts'
import { integer } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(integer, samples)
