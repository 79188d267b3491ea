import { useId } from 'react'
import styles from './text-field.module.css'

/** A choice among few or many values, with its name above; `''` is what `all` says. */
export function SelectField({
  name,
  value,
  all,
  options,
  required = false,
  onChoose,
}: {
  name: string
  value: string
  all: string
  options: readonly { value: string; label: string }[]
  /** Whether one has to be chosen. */
  required?: boolean
  onChoose: (value: string) => void
}) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <select id={id} value={value} required={required} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
