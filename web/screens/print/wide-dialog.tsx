import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import styles from './wide-dialog.module.css'

/**
 * A modal dialog of the browser, wide enough for a page beside its options: focus stays inside, Escape closes it, focus
 * returns. Load what stands in it with `lazy()`: a `PrintForm` needs much code.
 */
export function WideDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Closed before it is removed, because only then does the browser give the focus back.
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  )
}
