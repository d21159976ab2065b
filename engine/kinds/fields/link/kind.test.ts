import { provesFieldKind } from '../../contract-suite.ts'
import { link } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(link, samples)
