import { provesFieldKind } from '../../contract-suite.ts'
import { datetime } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(datetime, samples)
