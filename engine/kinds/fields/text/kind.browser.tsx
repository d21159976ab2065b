/** A line of text in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { text } from './kind.ts'

export const faces = typedFaces(text)
