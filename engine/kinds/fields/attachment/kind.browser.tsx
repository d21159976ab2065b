/** Files in the browser: added by button, drop or paste; shown by name and size, pictures as pictures. */

import type { FieldFaces } from '../../field-faces.ts'
import { FilesDisplay } from '../../inputs/files.browser.tsx'
import { FilesInput } from '../../inputs/files-input.browser.tsx'
import { attachmentLimits } from './kind.ts'

export const faces: FieldFaces = {
  Input: (props) => <FilesInput {...props} limits={attachmentLimits} add="addFiles" />,
  Display: FilesDisplay,
}
