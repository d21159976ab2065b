/** A web address in the browser: opened in a page of its own, which learns nothing of this one. */

import type { FieldFaces } from '../../field-faces.ts'
import { TypedInput } from '../../inputs/typed-input.browser.tsx'
import { url } from './kind.ts'

export const faces: FieldFaces = {
  Input: (props) => <TypedInput {...props} kind={url} look={{ type: 'text', inputMode: 'url' }} />,
  Display({ value, dense }) {
    if (typeof value !== 'string') return null
    const shown = value.replace(/^https?:\/\//, '').replace(/\/$/, '')
    if (dense || !/^https?:\/\//.test(value))
      return (
        <span className="fl-cut" title={value}>
          {shown}
        </span>
      )
    return (
      <a className="fl-text" href={value} target="_blank" rel="noopener noreferrer">
        {shown}
      </a>
    )
  },
}
