import { provesFieldKind } from '../../contract-suite.ts'
import { url } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(url, samples)
