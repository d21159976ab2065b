/** A person in the browser: by name; a search in the users of the workspace. */
import { LinkDisplay } from '../../inputs/display.browser.tsx'
import { LinkInput } from '../../inputs/link-input.browser.tsx'
import type { FieldFaces } from '../../field-faces.ts'

export const faces: FieldFaces = {
  Input: (props) => <LinkInput {...props} form="user" chosen={typeof props.value === 'string' ? props.value : null} />,
  Display: LinkDisplay,
}
