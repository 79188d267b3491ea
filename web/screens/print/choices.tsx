import { useId, type ReactNode } from 'react'
import styles from './print-form.module.css'

/** A group of radio buttons. */
export function RadioGroup<Value extends string | number>(props: {
  legend: string
  values: readonly Value[]
  value: Value
  label: (value: Value) => string
  note?: (value: Value) => string
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles.choices}>
      <legend>{props.legend}</legend>
      {props.values.map((value) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>
            {props.label(value)}
            {props.note === undefined ? null : <small>{props.note(value)}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function Checkbox({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  )
}

/** One line of text, or several where `rows` is given. */
export function TextLine({
  label,
  value,
  onChange,
  most,
  required = false,
  rows,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  most: number
  required?: boolean
  rows?: number
}) {
  const common = { required, maxLength: most, value }
  return (
    <label className={styles.field}>
      <span>{label}</span>
      {rows === undefined ? (
        <input type="text" {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea rows={rows} {...common} onChange={(event) => onChange(event.target.value)} />
      )}
    </label>
  )
}

export function SelectOne<Value extends string | number>(props: {
  label: string
  values: readonly Value[]
  value: Value
  name: (value: Value) => string
  onChange: (value: Value) => void
}) {
  return (
    <label className={styles.field}>
      <span>{props.label}</span>
      <select
        value={props.value}
        onChange={(event) => {
          const found = props.values.find((value) => String(value) === event.target.value)
          if (found !== undefined) props.onChange(found)
        }}
      >
        {props.values.map((value) => (
          <option key={value} value={value}>
            {props.name(value)}
          </option>
        ))}
      </select>
    </label>
  )
}
