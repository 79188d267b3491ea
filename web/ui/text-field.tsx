import { type ComponentProps, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import styles from './text-field.module.css'

const messages = defineMessages({
  zh: { capsLock: '大写锁定已打开' },
  en: { capsLock: 'Caps Lock is on' },
})

type Given = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id' | 'ref' | 'autoFocus'> & {
  name: string
  value: string
  onText: (text: string) => void
  hint?: string | undefined
  /** Takes the focus when it appears: the next thing to type in a form that somebody has asked for. */
  focused?: boolean
}

/** An input with its name above and a hint below. */
export function TextField({ name, value, onText, hint, focused = false, ...input }: Given) {
  const id = useId()
  const element = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // A dialog that opens now gives the focus to what has the attribute, which React does not write.
    element.current?.toggleAttribute('autofocus', focused)
    if (focused) element.current?.focus()
  }, [focused])
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <input
        {...input}
        ref={element}
        id={id}
        value={value}
        onChange={({ target }) => onText(target.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** Text of several lines with its name above. */
export function TextAreaField({
  name,
  value,
  onText,
  ...area
}: Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'id'> & {
  name: string
  value: string
  onText: (text: string) => void
}) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <textarea {...area} id={id} value={value} onChange={({ target }) => onText(target.value)} />
    </div>
  )
}

/** A `TextField` for a password; it says when Caps Lock is on. */
export function PasswordField({ hint, ...field }: Given) {
  const t = useMessages(messages)
  const [capsLock, setCapsLock] = useState(false)
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <>
      <TextField
        {...field}
        hint={hint}
        type="password"
        spellCheck={false}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCapsLock(false)}
      />
      <output className={styles.warning}>{capsLock ? t('capsLock') : ''}</output>
    </>
  )
}

/** Six digits of an authenticator app. */
export function CodeField(field: Given) {
  return (
    <TextField
      {...field}
      className={styles.code}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={6}
      onText={(text) => field.onText(text.replaceAll(/\D/g, ''))}
    />
  )
}
