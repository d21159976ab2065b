import { provesFieldKind } from '../../contract-suite.ts'
import { links } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(links, samples)
