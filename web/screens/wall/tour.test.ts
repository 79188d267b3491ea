import { describe, expect, it } from 'vitest'
import { advance, startTour, waitOf, type Tour } from './tour.ts'

const stops = 4
const elapsed = (tour: Tour) => advance(tour, { kind: 'elapsed', turn: tour.turn, stops })

describe('the wall’s tour', () => {
  it('goes through every stop and starts again with the overview', () => {
    const seen: number[] = []
    let tour = startTour(true)
    for (let round = 0; round < 5; round++) {
      seen.push(tour.stop)
      tour = elapsed(tour)
    }
    expect(seen).toEqual([0, 1, 2, 3, 0])
  })

  it('waits for a minute after a touch, stays where it was, then goes on', () => {
    const touched = advance(elapsed(startTour(true)), { kind: 'touched' })
    expect(waitOf(touched)).toBe(60_000)
    const resumed = elapsed(touched)
    expect(resumed).toMatchObject({ stop: 1, mode: 'running' })
    expect(elapsed(resumed).stop).toBe(2)
  })

  it('starts the minute again with every touch', () => {
    const once = advance(startTour(true), { kind: 'touched' })
    const twice = advance(once, { kind: 'touched' })
    expect(twice.turn).toBeGreaterThan(once.turn)
    expect(advance(twice, { kind: 'elapsed', turn: once.turn, stops })).toBe(twice)
  })

  it('steps both ways round by hand', () => {
    expect(advance(startTour(true), { kind: 'previous', stops })).toMatchObject({ stop: 3, mode: 'held' })
    expect(advance({ stop: 3, mode: 'running', turn: 9 }, { kind: 'next', stops })).toMatchObject({ stop: 0 })
    expect(advance(startTour(true), { kind: 'go', stop: 2 })).toMatchObject({ stop: 2, mode: 'held' })
  })

  it('stays stopped when it was switched off, whatever is touched, until it is switched on', () => {
    const off = startTour(false)
    expect(waitOf(off)).toBeNull()
    expect(elapsed(off)).toBe(off)
    expect(advance(off, { kind: 'next', stops })).toMatchObject({ stop: 1, mode: 'stopped' })
    expect(advance(off, { kind: 'touched' }).mode).toBe('stopped')
    expect(advance(off, { kind: 'toggled' }).mode).toBe('running')
  })
})
