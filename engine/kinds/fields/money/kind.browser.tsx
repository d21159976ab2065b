/** An amount in the browser: figures of one width, plain while edited. */
import { plainNumber } from '../../inputs/plain-number.ts'
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { money } from './kind.ts'

export const faces = typedFaces(money, { number: true, edit: plainNumber })
