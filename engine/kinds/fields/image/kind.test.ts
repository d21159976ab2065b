import { provesFieldKind } from '../../contract-suite.ts'
import { image } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(image, samples)
