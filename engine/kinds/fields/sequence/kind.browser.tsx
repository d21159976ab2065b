/** A running number in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { sequence } from './kind.ts'

export const faces = typedFaces(sequence)
