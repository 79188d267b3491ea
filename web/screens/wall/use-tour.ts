import { useEffect, useReducer } from 'react'
import { advance, startTour, waitOf, type Tour, type TourEvent } from './tour.ts'

/** The tour with its timer, moved by hand with the space bar and the arrow keys. `stops` counts the overview. */
export function useTour(on: boolean, stops: number): [Tour, (event: TourEvent) => void] {
  const [tour, tell] = useReducer(advance, on, startTour)
  const wait = waitOf(tour)
  const { turn } = tour

  useEffect(() => {
    if (wait === null) return
    const timer = window.setTimeout(() => tell({ kind: 'elapsed', turn, stops }), wait)
    return () => window.clearTimeout(timer)
  }, [wait, stops, turn])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const told = eventOfKey(event, stops)
      if (told === null) return
      event.preventDefault()
      tell(told)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [stops])

  // A community may vanish from the data while it is being shown.
  return [tour.stop < stops ? tour : { ...tour, stop: 0 }, tell]
}

function eventOfKey(event: KeyboardEvent, stops: number): TourEvent | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  // A focused button answers to the space bar itself.
  const onButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null
  switch (event.key) {
    case ' ':
      return onButton ? null : { kind: 'toggled' }
    case 'ArrowRight':
      return { kind: 'next', stops }
    case 'ArrowLeft':
      return { kind: 'previous', stops }
    default:
      return null
  }
}
