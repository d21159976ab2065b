import { provesFieldKind } from '../../contract-suite.ts'
import { tags } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(tags, samples)
