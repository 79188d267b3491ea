import type { ReactNode } from 'react'
import type { Theme } from '../../theme/theme.ts'
import styles from './wall.module.css'

/** One sentence in the middle of the wall: what is the matter, and what happens next. */
export function WallNotice(props: { theme: Theme; children: ReactNode }) {
  return (
    <main className={`${styles.ground} ${styles.notice}`} style={{ colorScheme: props.theme }}>
      <output>{props.children}</output>
    </main>
  )
}
