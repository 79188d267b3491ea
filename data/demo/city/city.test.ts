import type { Polygon } from 'geojson'
import { beforeAll, expect, test } from 'vitest'
import { ringContains } from '../../geo/plane.ts'
import { toPlane } from '../plan/frame.ts'
import { incidentAt, scriptedIncidents } from '../series/make-series.ts'
import { type DemoStreet, makeStreet } from '../street.ts'
import { homeSite, streetSites } from './site.ts'

const until = Date.parse('2026-11-21T09:30:00+08:00')
const day = 86_400_000

let streets: DemoStreet[]
beforeAll(() => {
  const sites = streetSites('city', 1)
  // A corner of the city, with neighbours along the river and inland, and its far end.
  streets = [0, 1, 20, 21, 199].map((index) => makeStreet(1000 + index, 2026, sites[index]))
}, 60_000)

const ringOf = (geometry: Polygon) =>
  (geometry.coordinates[0] ?? []).map(([lon, lat]) => toPlane(lon as number, lat as number))
const outline = ({ areas }: DemoStreet) => ringOf(areas[0]!.geometry)

test('a city has 200 streets with codes, names and places of their own', () => {
  const sites = streetSites('city', 1)
  expect(sites).toHaveLength(200)
  for (const of of ['code', 'name'] as const) expect(new Set(sites.map((site) => site[of])).size).toBe(200)
  expect(sites.every(({ code }) => /^9901(0[1-9]|1[0-7])0(0[1-9]|1[0-2])$/.test(code))).toBe(true)
  expect(streetSites('district', 1)).toHaveLength(12)
  expect(streetSites('street', 1)).toEqual([homeSite])
})

test('streets do not lie upon each other', () => {
  const upon = streets.flatMap((one) =>
    streets
      .filter((other) => one !== other && outline(one).some((point) => ringContains(outline(other), point)))
      .map((other) => `${one.code} lies on ${other.code}`),
  )
  expect(upon).toEqual([])
})

test('all that belongs to a street carries its code and lies in it', () => {
  for (const street of streets) {
    const ring = outline(street)
    expect(street.areas.filter(({ level }) => level === 'grid')).toHaveLength(60)
    expect(street.buildings.length).toBeGreaterThan(1850)
    for (const { code, center } of street.buildings) {
      expect(code.startsWith(street.code)).toBe(true)
      expect(ringContains(ring, toPlane(center.lon, center.lat))).toBe(true)
    }
  }
})

test('a street has 50,000 incidents in five years, in the grids they name, the old ones in few words', () => {
  const [, street] = streets as [DemoStreet, DemoStreet]
  const recent = until - 60 * day
  const incidents = [...scriptedIncidents(street, until - 365 * day, until, recent)]
  expect(incidents.length).toBeGreaterThan(9000)
  expect(incidents.length).toBeLessThan(11_500)
  const grids = new Map(street.areas.map(({ code, geometry }) => [code, geometry]))
  for (const { incident } of incidents.slice(0, 500)) {
    expect(
      ringContains(
        ringOf(grids.get(incident.gridCode ?? '')!),
        toPlane(incident.position!.lon, incident.position!.lat),
      ),
    ).toBe(true)
    expect(incident.title).not.toBe('')
  }
  const wordy = (old: boolean) =>
    incidents
      .filter(({ incident }) => Date.parse(incident.reportedAt) < recent === old)
      .map((one) => incidentAt(one, until))
  expect(wordy(true).every(({ steps }) => steps.every(({ opinion }) => opinion === ''))).toBe(true)
  expect(wordy(false).some(({ steps }) => steps.some(({ opinion }) => opinion !== ''))).toBe(true)
})
