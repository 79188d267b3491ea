import { createHash } from 'node:crypto'
import { Area } from '@minqing/data/domain/area'
import { Building } from '@minqing/data/domain/building'
import { Facility } from '@minqing/data/domain/facility'
import { Household, Resident } from '@minqing/data/domain/resident'
import { Staff } from '@minqing/data/domain/staff'
import type { Polygon, Position } from 'geojson'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bboxOf, ringContains, signedArea } from '../geo/plane.ts'
import { demoModel } from './city/site.ts'
import { toPlane } from './plan/frame.ts'
import { segmentsCross, segmentsDistance, type Point } from './plane.ts'
import { makeStreet, type DemoStreet, type AreaWithBoundary } from './street.ts'

let street: DemoStreet
let footprints: { code: string; ring: Point[]; box: [number, number, number, number] }[]
beforeAll(() => {
  street = makeStreet(1, 2026)
  footprints = street.buildings.map(({ code, geometry }) => {
    const ring = ringOf(geometry)
    return { code, ring, box: bboxOf(ring) }
  })
}, 120_000)

/** The contacts of an area are in `staff`. */
const contacts = { leader: true, leaderPhone: true, worker: true, workerPhone: true } as const

const within = (value: number, goal: number, share: number) => {
  expect(value).toBeGreaterThanOrEqual(goal * (1 - share))
  expect(value).toBeLessThanOrEqual(goal * (1 + share))
}

test('it has the size that was asked for', () => {
  const level = (name: string) => street.areas.filter((area) => area.level === name)
  expect([level('street').length, level('community').length, level('grid').length]).toEqual([1, 9, 58])
  within(street.buildings.length, 1900, 0.05)
  within(street.households.length, 20_000, 0.03)
  within(street.residents.length, 56_000, 0.03)
  const kind = (name: string) => street.facilities.filter((facility) => facility.kind === name).length
  expect([kind('smoke_detector'), kind('service_station')]).toEqual([120, 5])
  expect(level('street')[0]?.areaM2).toBeGreaterThan(3_000_000)
  expect(level('street')[0]?.areaM2).toBeLessThan(5_000_000)
})

test('every row is what the domain says it is', () => {
  for (const [schema, rows] of [
    [Area.omit(contacts), street.areas],
    [Building.omit({ positionSource: true, positionCertainty: true }), street.buildings],
    [Household, street.households],
    [Resident, street.residents],
    [Staff, street.staff],
    [Facility.omit({ positionSource: true, positionCertainty: true }), street.facilities],
  ] as [z.ZodType, object[]][]) {
    expect(z.array(schema).safeParse(rows).error?.issues.slice(0, 3)).toBeUndefined()
    const names = rows.map((row) => ('code' in row ? row.code : 'id' in row ? row.id : undefined))
    expect(new Set(names).size).toBe(rows.length)
  }
})

test('a basic grid has 300 to 500 households, a dedicated one has a name of its own', () => {
  const grids = street.areas.filter((area) => area.level === 'grid')
  for (const grid of grids.filter((area) => area.gridType === 'basic')) {
    expect(grid.households, grid.name).toBeGreaterThanOrEqual(300)
    expect(grid.households, grid.name).toBeLessThanOrEqual(500)
  }
  const dedicated = grids.filter((area) => area.gridType === 'dedicated')
  expect(dedicated.length).toBeGreaterThan(5)
  for (const grid of dedicated) expect(grid.name).toMatch(/专属网格$/)
  const workers = new Map(
    street.staff.filter(({ duty }) => duty === 'worker').map((person) => [person.areaCode, person.workPhone]),
  )
  for (const grid of grids) expect(workers.get(grid.code)).toMatch(/^154\d{8}$/)
})

test('older quarters have older people', () => {
  const shareOfElders = (community: string) => {
    const people = street.residents.filter((resident) => resident.gridCode.startsWith(`990101001${community}`))
    return people.filter((resident) => resident.birthDate < '1966').length / people.length
  }
  expect(shareOfElders('004')).toBeGreaterThan(shareOfElders('002') + 0.08)
  expect(shareOfElders('007')).toBeGreaterThan(shareOfElders('009') + 0.08)
})

test('smoke detectors hang where an elderly person lives alone, at most one for each', () => {
  const alone = Map.groupBy(
    street.residents.filter((resident) => resident.livesAlone),
    (resident) => resident.buildingCode,
  )
  const detectors = Map.groupBy(
    street.facilities.filter((facility) => facility.kind === 'smoke_detector'),
    (facility) => facility.buildingCode ?? '',
  )
  for (const [building, here] of detectors) expect(here.length).toBeLessThanOrEqual(alone.get(building)?.length ?? 0)
  const statuses = new Set([...detectors.values()].flat().map((detector) => detector.status))
  expect([...statuses].sort()).toEqual(['alarm', 'low_battery', 'offline', 'online'])
})

test('phone numbers reach nobody and none is given twice', () => {
  const phones = [
    ...street.staff.map((person) => person.workPhone),
    ...street.facilities.flatMap(({ phone }) => phone ?? []),
  ]
  expect(phones.every((phone) => /^154\d{8}$/.test(phone))).toBe(true)
  expect(new Set(phones).size).toBe(phones.length)
})

const digest = (made: unknown) => createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16)

test('the same seed makes the same bytes, another seed another street', () => {
  const all = (made: DemoStreet) => digest({ ...made, homes: [] })
  expect(all(makeStreet(1, 2026))).toBe(all(street))
  expect(all(makeStreet(2, 2026))).not.toBe(all(street))
}, 120_000)

test('the model makes what it always made: where this fails on purpose, raise `demoModel`', () => {
  expect({
    model: demoModel,
    areas: digest(street.areas.map(({ code, name, center, geometry }) => ({ code, name, center, geometry }))),
    buildings: digest(street.buildings),
    households: digest(street.households),
    residents: digest(street.residents),
    facilities: digest(street.facilities),
    base: digest(street.base),
  }).toEqual({
    model: 3,
    areas: '9f756bffd0576133',
    buildings: 'ea913bcf8eba25a0',
    households: '5472f7b8dfbac721',
    residents: 'f1161991d460ce93',
    facilities: '278466d9edb7d7c5',
    base: 'ef2f3e5ff4fce23a',
  })
})

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
