/** Pictures in the browser: shown by name and size. */

import type { FieldFaces } from '../../field-faces.ts'
import { FilesDisplay, FilesInput } from '../../inputs/files.browser.tsx'

export const faces: FieldFaces = { Input: FilesInput, Display: FilesDisplay }
