import type { Point } from '../plane.ts'
import { place } from '../plan/frame.ts'

/** How far the map goes on beyond the street's border, in metres along the river. */
export const upstream = -2600
export const farDownstream = 5000

/** A line that follows the river at `t(s)` metres inland. */
export function alongRiver(t: (s: number) => number, from = upstream, to = farDownstream, step = 40): Point[] {
  return steps(from, to, step).map((s) => place(s, t(s)))
}

/** A line that leads away from the river at `s(t)` metres downstream. */
export function fromRiver(s: (t: number) => number, from: number, to: number, step = 40): Point[] {
  return steps(from, to, step).map((t) => place(s(t), t))
}

/** A band between two lines along the river, counter-clockwise. */
export function band(low: (s: number) => number, high: (s: number) => number, from?: number, to?: number): Point[] {
  return [...alongRiver(low, from, to), ...alongRiver(high, from, to).toReversed()]
}

function steps(from: number, to: number, step: number): number[] {
  const count = Math.max(1, Math.round((to - from) / step))
  return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count)
}
