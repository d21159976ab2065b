import { provesFieldKind } from '../../contract-suite.ts'
import { longText } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(longText, samples)
