import { useId } from 'react'
import styles from './export-dialog.module.css'

/** One of a few, all of them in sight. */
export function Choices<Value extends string>(props: {
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
