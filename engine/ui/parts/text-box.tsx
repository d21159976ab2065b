/** A labelled line of text: the plain control of setup, sign-in and admin pages. */
import type { InputHTMLAttributes, ReactNode } from 'react'
import { Labelled } from './labelled.tsx'

export interface TextBoxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  readonly label: ReactNode
  readonly value: string
  readonly onValue: (value: string) => void
  readonly help?: ReactNode
  readonly problem?: ReactNode
}

export function TextBox({ label, value, onValue, help, problem, required, ...rest }: TextBoxProps) {
  return (
    <Labelled label={label} help={help} problem={problem} {...(required ? { required } : {})}>
      {(ids) => (
        <input
          className="fl-input"
          value={value}
          onChange={(event) => onValue(event.target.value)}
          {...rest}
          {...ids}
        />
      )}
    </Labelled>
  )
}

export interface SelectBoxProps {
  readonly label: ReactNode
  readonly value: string
  readonly onValue: (value: string) => void
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly help?: ReactNode
  readonly problem?: ReactNode
}

export function SelectBox({ label, value, onValue, options, help, problem }: SelectBoxProps) {
  return (
    <Labelled label={label} help={help} problem={problem}>
      {(ids) => (
        <select className="fl-input" value={value} onChange={(event) => onValue(event.target.value)} {...ids}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
