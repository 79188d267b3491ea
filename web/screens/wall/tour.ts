import { useEffect, useReducer } from 'react'

/** How long the wall looks at one place, and how long it leaves the screen to whoever touched it. */
export const secondsPerStop = 14
export const secondsAfterTouch = 60

/**
 * The wall's tour: stop 0 is the overview, stop n the n-th community.
 * `running` moves by itself; `held` was touched and goes on later; `stopped` waits for a person.
 */
export type Tour = {
  readonly stop: number
  readonly mode: 'running' | 'held' | 'stopped'
  /** Raised whenever the wait starts again. */
  readonly turn: number
}

export type TourEvent =
  | { kind: 'elapsed'; turn: number; stops: number }
  | { kind: 'next'; stops: number }
  | { kind: 'previous'; stops: number }
  | { kind: 'go'; stop: number }
  | { kind: 'touched' }
  | { kind: 'toggled' }

export function startTour(on: boolean): Tour {
  return { stop: 0, mode: on ? 'running' : 'stopped', turn: 0 }
}

/** What the tour becomes. `stops` counts the overview too, so it is never 0. */
export function advance(tour: Tour, event: TourEvent): Tour {
  const turn = tour.turn + 1
  switch (event.kind) {
    case 'elapsed':
      // A timer that was set before somebody touched the wall means nothing any more.
      if (tour.mode === 'stopped' || event.turn !== tour.turn) return tour
      // After a touch the round goes on with where the person left it, then moves.
      if (tour.mode === 'held') return { ...tour, mode: 'running', turn }
      return { ...tour, stop: (tour.stop + 1) % event.stops, turn }
    case 'next':
      return { ...hold(tour), stop: (tour.stop + 1) % event.stops }
    case 'previous':
      return { ...hold(tour), stop: (tour.stop + event.stops - 1) % event.stops }
    case 'go':
      return { ...hold(tour), stop: event.stop }
    case 'touched':
      return hold(tour)
    case 'toggled':
      return { ...tour, mode: tour.mode === 'running' ? 'stopped' : 'running', turn }
  }
}

/** Milliseconds until `elapsed` is due; null when only a person moves the tour. */
export function waitOf(tour: Tour): number | null {
  switch (tour.mode) {
    case 'running':
      return secondsPerStop * 1000
    case 'held':
      return secondsAfterTouch * 1000
    case 'stopped':
      return null
  }
}

function hold(tour: Tour): Tour {
  return { ...tour, mode: tour.mode === 'stopped' ? 'stopped' : 'held', turn: tour.turn + 1 }
}

/** The tour with its timer, moved by hand with the space bar and the arrow keys. `stops` counts the overview. */
export function useTour(on: boolean, stops: number): [Tour, (event: TourEvent) => void] {
  const [tour, dispatch] = useReducer(advance, on, startTour)
  const wait = waitOf(tour)
  const { turn } = tour

  useEffect(() => {
    if (wait === null) return
    const timer = window.setTimeout(() => dispatch({ kind: 'elapsed', turn, stops }), wait)
    return () => window.clearTimeout(timer)
  }, [wait, stops, turn])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = eventOfKey(event, stops)
      if (asked === null) return
      event.preventDefault()
      dispatch(asked)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [stops])

  // A community may vanish from the data while it is being shown.
  return [tour.stop < stops ? tour : { ...tour, stop: 0 }, dispatch]
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
