/** A linked record in the browser: its title; a search that keeps its id. */

import type { FieldFaces } from '../../field-faces.ts'
import { LinkDisplay } from '../../inputs/display.browser.tsx'
import { LinkInput } from '../../inputs/link-input.browser.tsx'
import { targetOf } from '../../values/record-link.ts'

export const faces: FieldFaces = {
  Input: (props) => (
    <LinkInput {...props} form={targetOf(props.field)} chosen={typeof props.value === 'string' ? props.value : null} />
  ),
  Display: LinkDisplay,
}
