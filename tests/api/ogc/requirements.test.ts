import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testData } from '@minqing/data/test-data'
import { type ServedApi, serveApi } from '../serve-api.ts'
import { changed, grids, insertAreas, insertBuilding, insertFacility, insertIncident } from '../world.ts'
import { requirements } from './requirements.ts'
import { Service } from './service.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  for (let index = 1; index <= 6; index++) await insertBuilding(database, index, { grid: grids[index % 4]! })
  for (const [index, grid] of grids.entries()) await insertFacility(database, `F${index}`, { grid })
  for (let index = 0; index < 12; index++) {
    const reportedAt = new Date(Date.UTC(2026, 0, 1 + index)).toISOString()
    await insertIncident(database, { number: `N${index}`, gridCode: grids[index % 4]!, reportedAt })
  }
  await insertIncident(database, { number: 'nowhere', gridCode: null, position: null })
  await changed(database, 'buildings', 'facilities', 'incidents')
})
afterAll(() => served.close())

test.each(requirements)('%s: %s', async (_test, _requirement, check) => {
  expect.hasAssertions()
  await check(new Service(served))
})

test('no test of the suite is left out', ({ skip }) => {
  const list = testData('ogc/ets_test_list.csv')
  skip(list === null, 'the list of the suite is not beside the clone (MINQING_TEST_DATA)')
  const rows = parse<{ class: string; method: string }>(readFileSync(list ?? ''), { columns: true })
  expect(rows.length).toBe(80)
  expect(requirements.map(([name]) => name).toSorted()).toEqual(
    rows.map((row) => `${row.class} ${row.method}`).toSorted(),
  )
})
