/** A person in the browser: by name; a search in the users of the workspace. */

import type { FieldFaces } from '../../field-faces.ts'
import { LinkDisplay } from '../../inputs/display.browser.tsx'
import { LinkInput } from '../../inputs/link-input.browser.tsx'

export const faces: FieldFaces = {
  Input: (props) => <LinkInput {...props} form="user" chosen={typeof props.value === 'string' ? props.value : null} />,
  Display: LinkDisplay,
}
