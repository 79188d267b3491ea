import { useLayoutEffect, useState, type RefObject } from 'react'

export type FreeArea = { top: number; right: number; bottom: number; left: number }

const none: FreeArea = { top: 0, right: 0, bottom: 0, left: 0 }

/** How far the part of `stage` that nothing covers is from each of its edges, in CSS pixels. */
export function useFreeArea(stage: RefObject<HTMLElement | null>, free: RefObject<HTMLElement | null>): FreeArea {
  const [area, setArea] = useState(none)
  useLayoutEffect(() => {
    const outer = stage.current
    const inner = free.current
    if (outer === null || inner === null) return
    const measure = () => {
      const around = outer.getBoundingClientRect()
      const box = inner.getBoundingClientRect()
      const next = {
        top: Math.round(box.top - around.top),
        right: Math.round(around.right - box.right),
        bottom: Math.round(around.bottom - box.bottom),
        left: Math.round(box.left - around.left),
      }
      setArea((last) => (sameArea(last, next) ? last : next))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [stage, free])
  return area
}

function sameArea(a: FreeArea, b: FreeArea): boolean {
  return a.top === b.top && a.right === b.right && a.bottom === b.bottom && a.left === b.left
}
