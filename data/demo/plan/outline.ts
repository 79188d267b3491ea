import type { Point } from '../plane.ts'
import type { Face, Subdivision } from './subdivision.ts'

/**
 * The outline of a union of faces: the edges that have no counterpart among them, chained. Neighbouring unions so
 * share every corner of their border.
 *
 * @throws RangeError when the faces do not hang together without a hole.
 */
export function outlineOf(plan: Subdivision, faces: readonly Face[]): Point[] {
  const next = new Map<number, number>()
  const inner = new Set<string>()
  for (const { loop } of faces)
    for (let i = 0; i < loop.length; i++) inner.add(`${loop[i]}-${loop[(i + 1) % loop.length]}`)
  for (const { loop } of faces)
    for (let i = 0; i < loop.length; i++) {
      const a = loop[i] as number
      const b = loop[(i + 1) % loop.length] as number
      if (!inner.has(`${b}-${a}`)) next.set(a, b)
    }
  const [start] = next.keys()
  if (start === undefined) throw new RangeError('no face, no outline')
  const ring: Point[] = []
  for (let corner = start; ; corner = next.get(corner) as number) {
    ring.push(plan.points[corner] as Point)
    if (next.get(corner) === start) break
  }
  if (ring.length !== next.size) throw new RangeError('the faces do not hang together')
  return ring
}
