/** A percentage in the browser: figures of one width, plain while edited. */
import { plainNumber } from '../../inputs/plain-number.ts'
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { percent } from './kind.ts'

export const faces = typedFaces(percent, { number: true, edit: plainNumber })
