import { describe, expect, it } from 'vitest'
import { strokeArcs } from './stroke-arcs.ts'

const on = (degrees: number, radius = 100) => [
  500 + radius * Math.cos((degrees * Math.PI) / 180),
  700 + radius * Math.sin((degrees * Math.PI) / 180),
]
const radii = (line: readonly number[][] | null) =>
  new Set(line?.map(([x = 0, y = 0]) => Math.hypot(x - 500, y - 700).toFixed(6)))

describe('strokeArcs', () => {
  it.each([
    ['counter-clockwise', 10, 60, 100, 24],
    ['clockwise', 100, 60, 10, 24],
    ['more than half a circle', 0, 200, 270, 69],
  ])('draws an arc %s through its three points', (_, from, through, to, points) => {
    const line = strokeArcs([on(from), on(through), on(to)])
    expect([line?.length, radii(line)]).toEqual([points, new Set(['100.000000'])])
    expect([line?.[0], line?.at(-1)]).toEqual([on(from), on(to)])
    // It passes beside the middle point, not around the other side.
    const [x = 0, y = 0] = on(through)
    expect(Math.min(...(line ?? []).map(([lx = 0, ly = 0]) => Math.hypot(lx - x, ly - y)))).toBeLessThan(4)
  })

  it('draws a whole circle, several arcs, and a straight one', () => {
    const circle = strokeArcs([on(0), on(180), on(0)])
    expect([circle?.length, radii(circle)]).toEqual([91, new Set(['100.000000'])])
    expect(strokeArcs([on(0), on(45), on(90), on(135), on(180)])).toHaveLength(47)
    expect(
      strokeArcs([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
  })

  it('refuses what are no arcs', () => {
    expect([
      strokeArcs([]),
      strokeArcs([
        [0, 0],
        [1, 1],
      ]),
      strokeArcs([
        [0, 0],
        [1, 1],
        [2, 0],
        [3, 3],
      ]),
    ]).toEqual([[], null, null])
  })
})
