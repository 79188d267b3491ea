import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import styles from './popover.module.css'

/**
 * A button that discloses a panel beside it: closed by Escape (focus returns to the button), by a press elsewhere and
 * by tabbing out. `children` may be a function that is given `close`.
 */
export function Popover({
  trigger,
  label,
  children,
  side = 'below',
  align = 'start',
  active = false,
}: {
  trigger: ReactNode
  /** Name of the button where it shows only an icon. */
  label?: string
  children: ReactNode | ((close: () => void) => ReactNode)
  side?: 'below' | 'above'
  align?: 'start' | 'end'
  /** Highlights the button, for example of a filter that is set. */
  active?: boolean
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // Escape closes this and nothing behind it.
      event.stopPropagation()
      setOpen(false)
      button.current?.focus()
    }
    const onFocus = (event: FocusEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer, true)
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('focusin', onFocus)
    return () => {
      document.removeEventListener('pointerdown', onPointer, true)
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('focusin', onFocus)
    }
  }, [open])

  return (
    <div className={styles.root} ref={root}>
      <button
        type="button"
        ref={button}
        className={styles.trigger}
        data-active={active || undefined}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        <div className={styles.panel} id={id} data-side={side} data-align={align}>
          {typeof children === 'function' ? children(() => setOpen(false)) : children}
        </div>
      )}
    </div>
  )
}
