import { provesFieldKind } from '../../contract-suite.ts'
import { region } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(region, samples)
