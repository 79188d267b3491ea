import type { Polygon, Position } from 'geojson'
import { beforeAll, expect, test } from 'vitest'
import { bboxOf, ringContains, signedArea } from '../geo/plane.ts'
import { segmentsCross, segmentsDistance } from './plane.ts'
import type { Point } from './plane.ts'
import { toPlane } from './plan/frame.ts'
import { makeStreet } from './street.ts'
import type { AreaWithBoundary, DemoStreet } from './street.ts'

let street: DemoStreet
let footprints: { code: string; ring: Point[]; box: [number, number, number, number] }[]
beforeAll(() => {
  street = makeStreet(1, 2026)
  footprints = street.buildings.map(({ code, geometry }) => {
    const ring = ringOf(geometry)
    return { code, ring, box: bboxOf(ring) }
  })
}, 120_000)

/** An open ring in metres, as the coordinates that leave the product have it. */
function ringOf(polygon: Polygon): Point[] {
  return (polygon.coordinates[0] as Position[]).slice(0, -1).map(([lon, lat]) => toPlane(lon as number, lat as number))
}

function sides(ring: readonly Point[]): [Point, Point][] {
  return ring.map((point, i) => [point, ring[(i + 1) % ring.length] as Point])
}

function overlap(a: readonly Point[], b: readonly Point[]): boolean {
  if (ringContains(a, b[0] as Point) || ringContains(b, a[0] as Point)) return true
  return sides(a).some(([p, q]) => sides(b).some(([r, s]) => segmentsCross(p, q, r, s)))
}

test('no two buildings overlap', () => {
  const sorted = footprints.toSorted((a, b) => a.box[0] - b.box[0])
  const found: string[] = []
  for (const [i, a] of sorted.entries())
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as (typeof sorted)[number]
      if (b.box[0] > a.box[2]) break
      if (b.box[1] <= a.box[3] && a.box[1] <= b.box[3] && overlap(a.ring, b.ring)) found.push(`${a.code} ${b.code}`)
    }
  expect(found).toEqual([])
})

test('every building stands whole in its own grid', () => {
  const grids = new Map(street.areas.map((area) => [area.code, ringOf(area.geometry)]))
  const outside = street.buildings.filter((building, i) => {
    const grid = grids.get(building.gridCode ?? '') ?? []
    return !(footprints[i]?.ring ?? []).every((point) => ringContains(grid, point))
  })
  expect(outside.map((building) => building.code)).toEqual([])
})

test('no building stands on a road, on the tracks or in the water', () => {
  const clear = { arterial: 15, secondary: 9, street: 6, lane: 3 } as Record<string, number>
  const lines = street.base.flatMap((feature) => {
    const metres = feature.layer === 'rail' ? 4 : feature.layer === 'road' ? clear[feature.kind] : undefined
    if (metres === undefined || feature.geometry.type !== 'LineString') return []
    const points = feature.geometry.coordinates.map(([lon, lat]) => toPlane(lon as number, lat as number))
    return points.slice(1).map((point, i) => ({ a: points[i] as Point, b: point, metres, name: feature.id }))
  })
  const waters = street.base.filter(({ layer }) => layer === 'water').map(({ geometry }) => ringOf(geometry as Polygon))
  const faults: string[] = []
  for (const { code, ring, box } of footprints) {
    for (const { a, b, metres, name } of lines) {
      if (Math.max(a[0], b[0]) < box[0] - metres || Math.min(a[0], b[0]) > box[2] + metres) continue
      if (Math.max(a[1], b[1]) < box[1] - metres || Math.min(a[1], b[1]) > box[3] + metres) continue
      if (sides(ring).some(([p, q]) => segmentsDistance(a, b, p, q) < metres)) faults.push(`${code} on ${name}`)
    }
    if (waters.some((water) => overlap(water, ring))) faults.push(`${code} in the water`)
  }
  expect(faults).toEqual([])
})

test.each(['grid', 'community'] as const)(
  'the areas of the level %s tile the street without gap or overlap',
  (level) => {
    const counts = new Map<string, number>()
    const count = ({ geometry }: AreaWithBoundary, by: number) => {
      const ring = geometry.coordinates[0] as Position[]
      for (let i = 0; i + 1 < ring.length; i++) {
        const ends = [String(ring[i]), String(ring[i + 1])].sort().join(' ')
        counts.set(ends, (counts.get(ends) ?? 0) + by)
      }
    }
    const parts = street.areas.filter((area) => area.level === level)
    for (const part of parts) count(part, 1)
    const [whole] = street.areas
    if (whole === undefined) throw new Error('no street')
    count(whole, 1)
    // Every edge has two sides: two areas, or an area and the outside that the street's own outline stands for.
    expect([...counts].filter(([, times]) => times !== 2)).toEqual([])
    const sum = parts.reduce((total, part) => total + signedArea(ringOf(part.geometry)), 0)
    expect(Math.abs(sum / signedArea(ringOf(whole.geometry)) - 1)).toBeLessThan(1e-9)
  },
)

test('grids are counted from west to east in their community', () => {
  for (const community of street.areas.filter((area) => area.level === 'community')) {
    const grids = street.areas.filter((area) => area.parentCode === community.code)
    const first = grids[0]?.center.lon ?? 0
    const last = grids.at(-1)?.center.lon ?? 0
    expect(grids.map((grid) => grid.code)).toEqual(grids.map((grid) => grid.code).toSorted())
    expect(first, community.name).toBeLessThan(last)
  }
})
