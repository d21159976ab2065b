/** A barcode; scanners type like a keyboard in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { barcode } from './kind.ts'

export const faces = typedFaces(barcode)
