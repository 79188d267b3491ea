import type { ReactNode } from 'react'
import styles from './section.module.css'

/** A titled part of a screen. */
export function Section({
  title,
  text,
  level = 2,
  children,
}: {
  title: string
  text?: string
  /** Of the heading: 3 where it stands below another part's. */
  level?: 2 | 3
  children: ReactNode
}) {
  const Heading = `h${level}` as const
  return (
    <section className={styles.section} aria-label={title}>
      <Heading className={styles.title}>{title}</Heading>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  )
}

/** A control with its name above and a hint below. */
export function Labelled({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span>{name}</span>
      {children}
      {hint !== undefined && <small>{hint}</small>}
    </label>
  )
}

/** Controls beside each other, as many as there is room for. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>
}
