/** A label above a control, with help and problem tied to it by id. */
import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

export interface LabelledProps {
  readonly label: ReactNode
  readonly required?: boolean
  readonly help?: ReactNode
  readonly problem?: ReactNode
  readonly children: (ids: ControlIds) => ReactNode
}
export interface ControlIds {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

export function Labelled({ label, required, help, problem, children }: LabelledProps) {
  const id = useId()
  const described = [help ? `${id}-help` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ')
  return (
    <div className="fl-labelled">
      <label className="fl-label" htmlFor={id}>
        {label}
        {required && (
          <span className="fl-required" aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': problem ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {help && (
        <p className="fl-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && <ProblemText id={`${id}-problem`}>{problem}</ProblemText>}
    </div>
  )
}

export function ProblemText({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="fl-problem" id={id}>
      <Icon name="alert-triangle" size={14} />
      <span>{children}</span>
    </p>
  )
}
