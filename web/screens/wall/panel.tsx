import type { ReactNode } from 'react'
import styles from './panel.module.css'

/** One framed group of facts: what it shows, and its unit and period. */
export function Panel(props: { title: string; note?: string | undefined; grow?: boolean; children: ReactNode }) {
  return (
    <section className={props.grow ? `${styles.panel} ${styles.grow}` : styles.panel}>
      <header className={styles.head}>
        <h2>{props.title}</h2>
        {props.note === undefined ? null : <p>{props.note}</p>}
      </header>
      {props.children}
    </section>
  )
}

/** A number to be read from six metres, with its name above and its unit beside. */
export function Figure(props: {
  label: string
  value: string
  unit?: string | undefined
  detail?: string | undefined
  tone?: 'plain' | 'alert'
  size?: 'key' | 'side'
}) {
  const size = props.size ?? 'key'
  return (
    <div className={styles.figure}>
      <dt>{props.label}</dt>
      <dd className={`${styles[size]} ${props.tone === 'alert' ? styles.alert : ''}`}>
        {props.value}
        {props.unit ? <small>{props.unit}</small> : null}
      </dd>
      {props.detail === undefined ? null : <dd className={styles.detail}>{props.detail}</dd>}
    </div>
  )
}
