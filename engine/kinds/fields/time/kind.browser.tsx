/** A time of day in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { time } from './kind.ts'

export const faces = typedFaces(time)
