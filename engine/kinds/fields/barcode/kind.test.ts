import { provesFieldKind } from '../../contract-suite.ts'
import { barcode } from './kind.ts'
import samples from './samples.json' with { type: 'json' }

provesFieldKind(barcode, samples)
