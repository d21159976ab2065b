/** Buttons: one primary per view, default, quiet, danger; an icon alone carries its label. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon } from './icon.tsx'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>

export interface ButtonProps extends Native {
  readonly look?: 'primary' | 'default' | 'quiet' | 'danger' | 'destroy' | 'link'
  readonly small?: boolean
  readonly icon?: string
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'default', small, icon, children, className, type = 'button', ...rest }: ButtonProps) {
  const classes = ['fl-button', look === 'default' ? '' : look, small ? 'small' : '', className ?? '']
  return (
    <button type={type} className={classes.filter(Boolean).join(' ')} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Native {
  readonly icon: string
  readonly label: string
  readonly size?: number
  readonly ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon, label, size = 16, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button type={type} className={`fl-iconbutton ${className ?? ''}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} size={size} />
    </button>
  )
}
