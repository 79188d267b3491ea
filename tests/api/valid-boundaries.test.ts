import { readBoundary } from '@minqing/data/geo/boundary'
import { ambiguousShapes, sampleShapes, touchingShapes, validShapes } from '@minqing/data/geo/test-invalid-shapes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'

let world: TestDatabase
let available = false
beforeAll(async () => {
  world = await createTestDatabase()
  const found = await world.database`select from pg_available_extensions where name = 'postgis'`
  available = found.length > 0
})
afterAll(() => world.close())

// Runs on the installed PostgreSQL alone, which may have PostGIS and with it GEOS.
test('every polygon that is stored is valid by GEOS, and what was valid stays as large', async ({ skip }) => {
  skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
  await world.database`create extension postgis`
  const named = [...touchingShapes, ...validShapes, ...ambiguousShapes].map(([, shape]) => shape)
  const shapes = [...named, ...sampleShapes(5_000, 20_261_126)]
  const stored = shapes.flatMap((shape) => {
    const boundary = readBoundary(shape, (x, y) => [x, y])
    return 'fault' in boundary ? [] : [{ given: JSON.stringify(shape), stored: JSON.stringify(boundary.geometry) }]
  })
  expect(stored.length).toBeGreaterThan(1_000)
  const wrong = await world.database`
    select reason, given, stored from (
      select given, stored, st_isvalidreason(st_geomfromgeojson(stored)) as reason,
        st_area(st_geomfromgeojson(stored)) as area,
        case when st_isvalid(st_geomfromgeojson(given)) then st_area(st_geomfromgeojson(given)) end as before
      from unnest(${stored.map(({ given }) => given)}::text[], ${stored.map((one) => one.stored)}::text[]) as s (given, stored)
    ) checked
    where reason <> 'Valid Geometry' or abs(area - before) > 1e-12 limit 3`
  expect(wrong).toEqual([])
})
