import styles from './pyramid.module.css'

/** Two series back to back over shared bands, as a table with the numbers beside their bars. */
export function Pyramid({
  title,
  bandName,
  leftName,
  rightName,
  rows,
  format,
}: {
  title: string
  bandName: string
  leftName: string
  rightName: string
  rows: { key: string; label: string; left: number; right: number }[]
  format: (count: number) => string
}) {
  const longest = Math.max(1, ...rows.flatMap(({ left, right }) => [left, right]))
  const share = (count: number) => ({ inlineSize: `${(count / longest) * 100}%` })
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.left}>
            <span className={styles.key} data-side="left" />
            {leftName}
          </th>
          <th scope="col" className={styles.band}>
            {bandName}
          </th>
          <th scope="col" className={styles.right}>
            <span className={styles.key} data-side="right" />
            {rightName}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, left, right }) => (
          <tr key={key}>
            <td className={styles.left}>
              <span className={styles.cell} data-side="left">
                <span className={styles.count}>{format(left)}</span>
                <span className={styles.track}>
                  <span className={styles.bar} data-side="left" style={share(left)} />
                </span>
              </span>
            </td>
            <th scope="row" className={styles.band}>
              {label}
            </th>
            <td className={styles.right}>
              <span className={styles.cell}>
                <span className={styles.track}>
                  <span className={styles.bar} data-side="right" style={share(right)} />
                </span>
                <span className={styles.count}>{format(right)}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
