import type { ReactNode } from 'react'

/** Where a table scrolls within itself: named, and reached by the keyboard as what scrolls must be (WCAG 2.1.1). */
export function TableFrame({
  name,
  className,
  children,
}: {
  name: string
  className?: string | undefined
  children: ReactNode
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard
    <div className={className} role="group" aria-label={name} tabIndex={0}>
      {children}
    </div>
  )
}
