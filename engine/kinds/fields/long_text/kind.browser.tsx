/** Several lines of text in the browser. */

import type { DisplayProps, FieldFaces, InputProps } from '../../field-faces.ts'
import { TextDisplay } from '../../inputs/display.browser.tsx'
import { TypedInput } from '../../inputs/typed-input.browser.tsx'
import { longText } from './kind.ts'

export const faces: FieldFaces = {
  Input: (props: InputProps) => <TypedInput {...props} kind={longText} look={{ rows: props.dense ? 1 : 4 }} />,
  Display: (props: DisplayProps) => (
    <span className={props.dense ? 'fl-cut' : 'fl-lines'}>
      <TextDisplay {...props} kind={longText} />
    </span>
  ),
}
