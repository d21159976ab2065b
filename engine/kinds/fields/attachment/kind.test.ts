import { provesFieldKind } from '../../contract-suite.ts'
import { attachment } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(attachment, samples)
