import { provesFieldKind } from '../../contract-suite.ts'
import { anyLink } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(anyLink, samples)
