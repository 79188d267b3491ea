import { readFileSync } from 'node:fs'
import type { FeatureCollection, Point, Polygon, Position } from 'geojson'
import { testData } from '@minqing/data/test-data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { contents, runImport } from './test-import.ts'

const precincts = testData('memphis/memphis_precincts.geojson')
const robberies = testData('memphis/memphis_robberies.geojson')

describe.skipIf(precincts === null || robberies === null)(
  'Memphis: precincts as grids, robberies as incidents (needs shared/data)',
  () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await createTestDatabase()
    })
    afterAll(() => test.close())

    it('makes the street, a community and nine named grids, numbered from the north-west', async () => {
      const report = await runImport(test.database, {
        collection: 'grids',
        file: precincts ?? '',
        street: '990200001=Memphis',
      })
      expect(report).toMatchObject({ written: true, read: 9, inserted: 9, rejected: 0, crs: 'wgs84' })
      const areas = await test.database`select code, level, name from area order by code`
      expect(areas.map(({ code, name }) => `${code} ${name}`)).toEqual([
        '990200001 Memphis',
        '990200001001 第1社区',
        '990200001001001 Austin Peay',
        '990200001001002 Crump',
        '990200001001003 North Main',
        '990200001001004 Tillman',
        '990200001001005 Appling Farms',
        '990200001001006 Airways',
        '990200001001007 Mt. Moriah',
        '990200001001008 Raines',
        '990200001001009 Ridgeway',
      ])
    })

    it('puts each of the 2,245 robberies into the precinct that a winding number finds it in', async () => {
      const report = await runImport(test.database, {
        collection: 'incidents',
        file: robberies ?? '',
        street: '990200001',
      })
      expect(report).toMatchObject({ written: true, read: 2245, inserted: 2245, rejected: 0 })
      const grids = JSON.parse(readFileSync(precincts ?? '', 'utf8')) as FeatureCollection<
        Polygon,
        { precinct: string }
      >
      const cases = JSON.parse(readFileSync(robberies ?? '', 'utf8')) as FeatureCollection<
        Point,
        { uid: number; date: string }
      >
      const stored = await test.database<{ number: string; name: string | null; type: string; happenedAt: string }[]>`
      select number, a.name, type, happened_at from incident i left join area a on a.code = i.grid_code`
      const byNumber = new Map(stored.map((row) => [row.number, row]))
      let located = 0
      for (const { properties, geometry } of cases.features) {
        const expected = grids.features.find((grid) => winds(geometry, grid.geometry))?.properties.precinct ?? null
        const row = byNumber.get(String(properties.uid))
        expect([row?.name, row?.type]).toEqual([expected, 'E06'])
        // The file's times are UTC and say so.
        expect(row?.happenedAt).toBe(new Date(properties.date).toISOString())
        if (expected !== null) located++
      }
      expect(located).toBeGreaterThan(2200)
    })

    it('gives every case its first step and the street a log without gaps', async () => {
      const [log] = await test.database`
      select count(*) as steps, min(position) as first, max(position) as last,
        (select position from log_head where street_code = '990200001') as head
      from incident_step where street_code = '990200001'`
      expect(log).toEqual({ steps: 2245, first: 1, last: 2245, head: 2245 })
    })

    it('changes nothing when both files are imported again, not even a version', async () => {
      const before = await contents(test.database)
      const again = await runImport(test.database, {
        collection: 'grids',
        file: precincts ?? '',
        street: '990200001=Memphis',
      })
      expect(again).toMatchObject({ inserted: 0, updated: 0, unchanged: 9 })
      const cases = await runImport(test.database, {
        collection: 'incidents',
        file: robberies ?? '',
        street: '990200001',
      })
      expect(cases).toMatchObject({ inserted: 0, updated: 0, unchanged: 2245 })
      expect(await contents(test.database)).toEqual(before)
    })
  },
)

/** Inside a polygon by the sum of the angles under which its edges are seen: another method than the one tested. */
function winds({ coordinates: [x = 0, y = 0] }: Point, { coordinates: [outer = [], ...holes] }: Polygon): boolean {
  const around = (ring: Position[]) => {
    let sum = 0
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? []
      const [bx = 0, by = 0] = ring[i] ?? []
      const turn = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x)
      sum += turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn
    }
    return Math.abs(sum) > Math.PI
  }
  return around(outer) && !holes.some(around)
}
