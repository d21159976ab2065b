/** A telephone number in the browser. */
import { typedFaces } from '../../inputs/typed-faces.browser.tsx'
import { phone } from './kind.ts'

export const faces = typedFaces(phone, { type: 'tel', autoComplete: 'off' })
