import { provesFieldKind } from '../../contract-suite.ts'
import { text } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(text, samples)
