/** A whole number in the browser: figures of one width, plain while edited. */
import { plainNumber } from '../../inputs/plain-number.ts'
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { integer } from './kind.ts'

export const faces = typedFaces(integer, { number: true, edit: plainNumber })
