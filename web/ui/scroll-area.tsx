import type { ReactNode, Ref } from 'react'
import styles from './scroll-area.module.css'

type ScrollAreaProps = { label: string; ref?: Ref<HTMLDivElement>; divided?: boolean; children: ReactNode }

/** The part of a panel that scrolls. It takes the keyboard itself: while it loads, nothing inside it does. */
export function ScrollArea({ label, ref, divided = false, children }: ScrollAreaProps) {
  return (
    <div
      className={styles.area}
      data-divided={divided || undefined}
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard (WCAG 2.1.1)
      tabIndex={0}
      ref={ref}
    >
      {children}
    </div>
  )
}
