/** A table field as one value: how many rows. Its grid is drawn by the form renderer. */

import type { FieldFaces } from '../../field-faces.ts'
import { TextDisplay } from '../../inputs/display.browser.tsx'
import { table } from './kind.ts'

export const faces: FieldFaces = { Display: (props) => <TextDisplay {...props} kind={table} /> }
