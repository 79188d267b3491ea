import { describe, expect, it } from 'vitest'
import { readWkb, strokeArcs } from './wkb.ts'

const int = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const geometry = (type: number, ...parts: Buffer[]) => Buffer.concat([Buffer.of(1), int(type), ...parts])
const points = (...coordinates: number[][]) =>
  Buffer.concat([
    int(coordinates.length),
    ...coordinates.flat().map((value) => Buffer.from(Float64Array.of(value).buffer)),
  ])
const line = (...coordinates: number[][]) => geometry(2, points(...coordinates))
const arc = (...coordinates: number[][]) => geometry(8, points(...coordinates))
const several = (type: number, ...parts: Buffer[]) => geometry(type, int(parts.length), ...parts)

describe('curves in well-known binary', () => {
  it('are the same as plain ones where they have no arcs', () => {
    const square = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 0],
    ]
    const ring = { type: 'Polygon', coordinates: [square] }
    expect(readWkb(several(10, line(...square)))).toEqual({ geometry: ring, flattened: false, curved: false })
    expect(readWkb(several(10, several(9, line([0, 0], [4, 0]), line([4, 0], [4, 4], [0, 0]))))).toMatchObject({
      geometry: ring,
    })
    const surfaces = several(12, several(10, line(...square)), geometry(3, int(1), points(...square)))
    expect(readWkb(surfaces)).toMatchObject({ geometry: { type: 'MultiPolygon', coordinates: [[square], [square]] } })
    expect(readWkb(several(11, line([0, 0], [1, 1])))).toMatchObject({
      geometry: {
        type: 'MultiLineString',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
    })
  })

  it('become lines beside their arcs', () => {
    const half = several(10, several(9, arc([0, 0], [5, 5], [10, 0]), line([10, 0], [0, 0])))
    const read = readWkb(half) as { curved: boolean; geometry: { coordinates: [number, number][][] } }
    const [ring = []] = read.geometry.coordinates
    expect([read.curved, ring.length, ring[0], ring.at(-1)]).toEqual([true, 47, [0, 0], [0, 0]])
    expect(ring.every(([x, y]) => y > -1e-9 && Math.hypot(x - 5, y) < 5 + 1e-9)).toBe(true)
  })

  it.each([
    ['a ring of another kind', several(10, geometry(1, Buffer.alloc(16))), '几何数据已损坏'],
    ['an arc of two points', arc([0, 0], [1, 1]), '几何数据已损坏'],
    ['more curves than there are bytes for', geometry(10, int(1e9)), '几何数据已损坏'],
    ['a surface in space', several(15), '三维曲面'],
  ])('refuses %s', (_, bytes, reason) => {
    const read = readWkb(bytes)
    expect('fault' in read ? read.fault.zh : '').toContain(reason)
  })
})

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
