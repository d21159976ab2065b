/** Pictures in the browser: added by button, drop or paste; shown as pictures. */

import type { FieldFaces } from '../../field-faces.ts'
import { FilesDisplay } from '../../inputs/files.browser.tsx'
import { FilesInput } from '../../inputs/files-input.browser.tsx'
import { imageLimits } from './kind.ts'

export const faces: FieldFaces = {
  Input: (props) => <FilesInput {...props} limits={imageLimits} add="addPicture" />,
  Display: FilesDisplay,
}
