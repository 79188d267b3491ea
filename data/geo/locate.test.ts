import { booleanPointInPolygon, point, polygon } from '@turf/turf'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AreaLocator } from './locate.ts'

const square = (code: string, west: number, south: number, size = 1) => ({
  code,
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
})

describe('AreaLocator', () => {
  const board = new AreaLocator([0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => square(`${x}${y}`, x, y))))

  it('finds each cell of a board by its middle, and nothing outside', () => {
    for (const x of [0, 1, 2]) for (const y of [0, 1, 2]) expect(board.locate(x + 0.5, y + 0.5)).toBe(`${x}${y}`)
    expect(board.locate(3.5, 1)).toBeNull()
    expect(new AreaLocator([]).locate(0, 0)).toBeNull()
  })

  it('gives a point on any border, the outer one too, to exactly one cell', () => {
    for (let x = 0; x <= 3; x += 0.5) for (let y = 0; y <= 3; y += 0.5) expect(board.locate(x, y)).toMatch(/^\d\d$/)
  })

  it('prefers the area given first where two overlap', () => {
    const overlapping = new AreaLocator([square('first', 0, 0, 2), square('second', 0, 0, 2)])
    expect(overlapping.locate(1, 1)).toBe('first')
  })

  it('agrees with turf on stars with holes', () => {
    const star = (radius: number, seed: number) =>
      Array.from({ length: 41 }, (_, i) => {
        const angle = ((i % 40) / 40) * 2 * Math.PI
        const length = radius * (1 + 0.5 * Math.sin(seed * (i % 40)))
        return [length * Math.cos(angle), length * Math.sin(angle)]
      })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (seed, x, y) => {
          const rings = [star(1, seed), star(0.3, seed + 1)]
          const locator = new AreaLocator([{ code: 'star', geometry: { type: 'Polygon', coordinates: rings } }])
          expect(locator.locate(x, y) === 'star').toBe(booleanPointInPolygon(point([x, y]), polygon(rings)))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
