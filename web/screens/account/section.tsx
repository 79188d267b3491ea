import type { ReactNode } from 'react'
import styles from './me-screen.module.css'

/** A titled part of the page. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {text !== undefined && <p className={styles.quiet}>{text}</p>}
      {children}
    </section>
  )
}
