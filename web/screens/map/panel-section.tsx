import type { ReactNode } from 'react'
import styles from './panel-section.module.css'

/** One titled part of the panel; `aside` stands at the end of the title's line. */
export function PanelSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.line}>
        <h2 className={styles.title}>{title}</h2>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      {children}
    </section>
  )
}
