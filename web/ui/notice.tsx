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

/** A message in place of a screen. Without a title it is a status, such as “Loading…”. */
export function PageNotice({
  title,
  text,
  alert,
  children,
}: {
  title?: string
  text: string
  alert?: boolean
  children?: ReactNode
}) {
  return (
    <main className={styles.page} role={alert === true ? 'alert' : undefined}>
      {title === undefined ? (
        <output className={styles.pageText}>{text}</output>
      ) : (
        <>
          <h1 className={styles.pageTitle}>{title}</h1>
          <p className={styles.pageText}>{text}</p>
        </>
      )}
      {children}
    </main>
  )
}

/** Grey lines in place of text that is being loaded; hidden from screen readers. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles.line} style={{ inlineSize: `${[92, 76, 84, 60][index % 4]}%` }} />
      ))}
    </div>
  )
}
