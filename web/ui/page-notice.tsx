import type { ReactNode } from 'react'
import styles from './page-notice.module.css'

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
        <output className={styles.text}>{text}</output>
      ) : (
        <>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.text}>{text}</p>
        </>
      )}
      {children}
    </main>
  )
}
