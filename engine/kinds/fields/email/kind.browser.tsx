/** An address of mail in the browser: shown as a link that writes to it. */

import type { FieldFaces } from '../../field-faces.ts'
import { TypedInput } from '../../inputs/typed-input.browser.tsx'
import { email } from './kind.ts'

export const faces: FieldFaces = {
  Input: (props) => <TypedInput {...props} kind={email} look={{ type: 'email', autoComplete: 'off' }} />,
  Display({ value, dense }) {
    if (typeof value !== 'string') return null
    return dense ? (
      <span className="fl-cut" title={value}>
        {value}
      </span>
    ) : (
      <a className="fl-text" href={`mailto:${value}`}>
        {value}
      </a>
    )
  },
}
