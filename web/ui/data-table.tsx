import type { ReactNode } from 'react'
import styles from './table.module.css'
import { TableFrame } from './table-frame.tsx'

/**
 * A table that scrolls within itself where it is too wide or long.
 *
 * @param heads of the columns
 * @param children rows
 */
export function DataTable({ name, heads, children }: { name: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <TableFrame className={`${styles.frame} ${styles.long}`} name={name}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </TableFrame>
  )
}

/** What is said besides, in small letters below. */
export function Beside({ children }: { children: ReactNode }) {
  return <div className={styles.quiet}>{children}</div>
}
