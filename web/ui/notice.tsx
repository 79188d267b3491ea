import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** An empty or failed part of the page: what happened, and what to do next. */
export function Notice({
  title,
  children,
  action,
  tone = 'quiet',
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
  tone?: 'quiet' | 'danger'
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : undefined}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  )
}
