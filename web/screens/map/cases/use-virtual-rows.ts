import { useCallback, useState, type RefCallback } from 'react'

/** Rows of one height that are in sight of their scroller, a few more on both sides; [first, end). */
export function useVirtualRows(
  count: number,
  height: number,
): { ref: RefCallback<HTMLElement>; first: number; end: number } {
  const [sight, setSight] = useState({ top: 0, height: 800 })
  const ref = useCallback((scroller: HTMLElement | null) => {
    if (scroller === null) return
    const look = () => setSight({ top: scroller.scrollTop, height: scroller.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [])
  const spare = 6
  return {
    ref,
    first: Math.max(0, Math.floor(sight.top / height) - spare),
    end: Math.min(count, Math.ceil((sight.top + sight.height) / height) + spare),
  }
}
