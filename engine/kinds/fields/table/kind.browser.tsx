/** A table field as one value: how many rows. Its grid is drawn by the form renderer. */
import { TextDisplay } from '../../inputs/display.browser.tsx'
import type { FieldFaces } from '../../field-faces.ts'
import { table } from './kind.ts'

export const faces: FieldFaces = { Display: (props) => <TextDisplay {...props} kind={table} /> }
