/** A length of time in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { duration } from './kind.ts'

export const faces = typedFaces(duration)
