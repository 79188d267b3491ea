import styles from './table.module.css'

export type TableOption = { value: string; label: string }

/**
 * A choice within a row of a table.
 *
 * @param name what it is called for people who cannot see the table
 * @param quiet shown faintly: nothing has been chosen
 */
export function TableSelect({
  name,
  value,
  options,
  quiet = false,
  onChange,
}: {
  name: string
  value: string
  options: readonly TableOption[]
  quiet?: boolean
  onChange: (value: string) => void
}) {
  return (
    <select
      className={styles.select}
      aria-label={name}
      value={value}
      data-quiet={quiet || undefined}
      onChange={({ target }) => onChange(target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
