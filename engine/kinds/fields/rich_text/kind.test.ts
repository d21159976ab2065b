import { provesFieldKind } from '../../contract-suite.ts'
import { richText } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(richText, samples)
