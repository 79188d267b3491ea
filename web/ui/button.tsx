import type { ReactNode } from 'react'
import styles from './button.module.css'

/** `pressed` makes it a toggle; `label` names one that shows only an icon; `submit` sends the form that it stands in. */
export function Button({
  children,
  onPress,
  kind = 'plain',
  label,
  pressed,
  expanded,
  disabled,
  submit = false,
}: {
  children: ReactNode
  onPress?: () => void
  kind?: 'plain' | 'primary' | 'bare' | 'icon'
  label?: string
  pressed?: boolean
  expanded?: boolean
  disabled?: boolean
  submit?: boolean
}) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`${styles.button} ${styles[kind]}`}
      onClick={onPress}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
    >
      {children}
    </button>
  )
}
