import { readdirSync, readFileSync } from 'node:fs'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { testData } from '../test-data.ts'
import { convexHull, readBoundary, unite, type Boundary } from './boundary.ts'
import { ringArea } from './ellipsoid-area.ts'

const same = (x: number, y: number): [number, number] => [x, y]
const polygon = (...coordinates: Position[][]) => ({ type: 'Polygon', coordinates })
const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const read = (input: unknown): Boundary => {
  const boundary = readBoundary(input, same)
  if ('fault' in boundary) throw new Error(boundary.fault.en)
  return boundary
}
const faultOf = (input: unknown): string | null => {
  const boundary = readBoundary(input, same)
  return 'fault' in boundary ? boundary.fault.en : null
}

describe('readBoundary', () => {
  it('winds by the right-hand rule, closes, and drops repeated points', () => {
    const clockwise = square(114, 30, 0.01).toReversed()
    const open = [...clockwise.slice(0, 2), clockwise[1] ?? [], ...clockwise.slice(2, 4)]
    const boundary = read(polygon(open, square(114.002, 30.002, 0.001)))
    const rings = boundary.geometry.coordinates as Position[][]
    expect(boundary.mended.toSorted()).toEqual(['closed', 'winding'])
    expect(rings[0]).toHaveLength(5)
    expect(ringArea(rings[0] ?? [])).toBeGreaterThan(0)
    expect(ringArea(rings[1] ?? [])).toBeLessThan(0)
    expect(boundary.extent).toEqual([114, 30, 114.01, 30.01])
    expect(boundary.center[0]).toBeCloseTo(114.005, 6)
  })

  it('finds a middle that lies inside a horseshoe and a ring', () => {
    const horseshoe = [
      [0, 0],
      [3, 0],
      [3, 3],
      [2, 3],
      [2, 1],
      [1, 1],
      [1, 3],
      [0, 3],
      [0, 0],
    ]
    const [x, y] = read(polygon(horseshoe)).center
    expect(y < 1 || x < 1 || x > 2).toBe(true)
    const [ringX, ringY] = read(polygon(square(0, 0, 3), square(1, 1, 1))).center
    expect(ringX > 1 && ringX < 2 && ringY > 1 && ringY < 2).toBe(false)
  })

  it('mends a slip of the pen and refuses a bow tie, saying where it crosses', () => {
    const slip = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0.999, 1.001],
      [1.0005, 1.0005],
      [0, 1],
      [0, 0],
    ]
    expect(read(polygon(slip)).mended).toContain('self_crossing')
    expect(
      faultOf(
        polygon([
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toMatch(/crosses itself \(0\.5, 0\.5\)|no area/)
    expect(
      faultOf(
        polygon([
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toMatch(/crosses itself/)
  })

  it('cuts off spikes, and drops parts and holes without an area', () => {
    const spiked = [
      [0, 0],
      [1, 0],
      [3, 0],
      [1, 0],
      [1, 1],
      [0.5, 1],
      [0.5, 4],
      [0.5, 1],
      [0, 1],
      [0, 0],
    ]
    const boundary = read(polygon(spiked))
    expect(boundary.mended).toEqual(['spike'])
    expect(boundary.geometry.coordinates[0]).toHaveLength(6)
    expect(boundary.areaM2).toBe(
      read(
        polygon([
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ]),
      ).areaM2,
    )
    // The spike at the joint itself.
    expect(
      read(
        polygon([
          [5, 0],
          [0, 0],
          [0, 1],
          [1, 1],
          [1, 0],
          [5, 0],
        ]),
      ).extent,
    ).toEqual([0, 0, 1, 1])
    const flat = [
      [0.2, 0.2],
      [0.4, 0.4],
      [0.3, 0.3],
      [0.2, 0.2],
    ]
    expect(read(polygon(square(0, 0, 1), flat))).toMatchObject({ mended: ['sliver'], geometry: { type: 'Polygon' } })
    const parts = { type: 'MultiPolygon', coordinates: [[flat], [square(0, 0, 1)]] }
    expect(read(parts)).toMatchObject({ mended: ['sliver'], geometry: { type: 'Polygon' } })
    expect(faultOf(polygon(flat))).toMatch(/no area \(0\.2, 0\.2\)/)
  })

  it('mends a bow tie whose second wing is less than a hundredth, and not one that is more', () => {
    const bow = (wing: number) =>
      polygon(
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1 + wing],
          [wing, 1 + wing],
          [0, 1 - wing],
          [0, 0],
        ].map(([x = 0, y = 0]) => [x / 100, y / 100]),
      )
    const mended = read(bow(0.02))
    expect(mended.mended).toEqual(['self_crossing'])
    expect(faultOf(bow(0.4))).toMatch(/crosses itself/)
  })

  it('makes two parts of a ring that touches itself', () => {
    const boundary = read(
      polygon([
        [0, 0],
        [2, 0],
        [2, 2],
        [1, 0],
        [0, 2],
        [0, 0],
      ]),
    )
    expect(boundary).toMatchObject({ mended: ['touching'], geometry: { type: 'MultiPolygon' } })
  })

  it.each([
    ['nothing', null, /Polygon or MultiPolygon/],
    ['a point', { type: 'Point', coordinates: [1, 2] }, /Polygon or MultiPolygon/],
    [
      'two points',
      polygon([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
      /fewer than four/,
    ],
    [
      'a line there and back',
      polygon([
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ]),
      /no area/,
    ],
    ['text', { type: 'Polygon', coordinates: [[['a', 1]]] }, /not two numbers/],
    ['metres', polygon(square(38_525_898, 3_384_441, 10)), /outside the range/],
    ['a hole elsewhere', polygon(square(0, 0, 1), square(5, 5, 1)), /outside its polygon/],
    ['no rings', { type: 'Polygon', coordinates: [] }, /without rings/],
  ])('refuses %s', (_, input, reason) => {
    expect(faultOf(input)).toMatch(reason)
  })

  const folder = testData('geojson')
  it.skipIf(folder === null)('refuses or mends every bad polygon of the corpus (needs shared/data)', () => {
    const outcome = (name: string) => {
      const { geometry, features, ...other } = JSON.parse(readFileSync(`${folder}/bad/${name}.geojson`, 'utf8'))
      const boundary = readBoundary(geometry ?? features?.[0]?.geometry ?? other, same)
      return 'fault' in boundary ? 'refused' : boundary.mended.join()
    }
    expect(outcome('bad-polygon-interiorring-rhr')).toBe('winding')
    expect(outcome('polygon_winding_order')).toBe('winding')
    expect(outcome('different-first-last')).toBe('closed')
    for (const name of [
      'bad-featurelist',
      'badcoordtype',
      'bad-polygonloop',
      'point-labeled-as-a-multipolygon',
      'unknowntype',
    ])
      expect([name, outcome(name)]).toEqual([name, 'refused'])
    expect(readdirSync(`${folder}/bad`).length).toBeGreaterThan(60)
  })
})

describe('unite and convexHull', () => {
  it('make one of two neighbours, without the line between them', () => {
    const pieces = [square(0, 0, 1), square(1, 0, 1)].map((ring) => read(polygon(ring)).geometry)
    const united = unite(pieces)
    expect(united.geometry.type).toBe('Polygon')
    expect(united.areaM2 / (read(pieces[0]).areaM2 + read(pieces[1]).areaM2)).toBeCloseTo(1, 6)
  })

  it('enclose every point', () => {
    const hull = convexHull([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
    ])
    expect(hull.geometry.coordinates[0]).toHaveLength(5)
  })
})
