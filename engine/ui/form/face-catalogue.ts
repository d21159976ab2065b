/** The browser faces of the kinds, by name, as the composition root hands them in. */
import type { FieldFaces } from '#kinds/field-faces.ts'

export type FieldFacesCatalogue = ReadonlyMap<string, FieldFaces>
