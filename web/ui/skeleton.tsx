import styles from './skeleton.module.css'

/** Grey lines in place of text that is being loaded; hidden from screen readers. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.block} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles.line} style={{ inlineSize: `${[92, 76, 84, 60][index % 4]}%` }} />
      ))}
    </div>
  )
}
