/** Pictures in the browser: shown by name and size. */
import { FilesDisplay, FilesInput } from '../../inputs/files.browser.tsx'
import type { FieldFaces } from '../../field-faces.ts'

export const faces: FieldFaces = { Input: FilesInput, Display: FilesDisplay }
