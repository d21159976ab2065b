import { provesFieldKind } from '../../contract-suite.ts'
import { choice } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(choice, samples)
