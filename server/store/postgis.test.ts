import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandContext } from '../commands/command.ts'
import { postgisCommand } from '../commands/database.ts'
import { migrate } from '../migrations/migrate.ts'
import { connect } from './connect.ts'
import { disablePostgis, enablePostgis, gisViews } from './postgis.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let world: TestDatabase
let available = false
beforeAll(async () => {
  world = await createTestDatabase()
  const found = await world.database`select from pg_available_extensions where name = 'postgis'`
  available = found.length > 0
  for (const [street, lon] of [
    ['960101001', 114],
    ['960101002', 115],
  ] as const) {
    const ring = [0, 1, 2, 3, 0].map((corner) => [
      lon + (corner === 1 || corner === 2 ? 0.01 : 0),
      30 + (corner > 1 ? 0.01 : 0),
    ])
    await world.database`
      insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
      values (${street}, 'street', ${street}, ${street}, 1, ${JSON.stringify({ type: 'Polygon', coordinates: [ring] })},
        box(point(${lon}::float8, 30), point(${lon + 0.01}::float8, 30.01)), point(${lon}::float8, 30), 'test')`
    await world.database`
      insert into incident (street_code, number, type, channel, title, position, happened_at, reported_at, source)
      values (${street}, 'A', 'D02', 'walk_in', '漏水', point(${lon + 0.001}::float8, 30.002), now(), now(), 'test'),
        (${street}, 'nowhere', 'D02', 'walk_in', '漏水', null, now(), now(), 'test')`
  }
})
afterAll(() => world.close())

// Runs on the installed PostgreSQL alone: the embedded one never has PostGIS (`without-postgis.test.ts`).
describe('on a server that has PostGIS', () => {
  test('every view has a geometry column that QGIS finds, in CGCS2000', async ({ skip }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    // Twice: what is there is replaced.
    await world.database.begin(enablePostgis)
    expect(await world.database.begin(enablePostgis)).toMatch(/^3\./)
    const columns = await world.database<{ view: string; type: string; srid: number }[]>`
      select f_table_name as view, type, srid from geometry_columns where f_table_schema = 'gis' order by 1`
    expect(columns.map(({ view }) => view)).toEqual(gisViews.toSorted())
    expect(new Set(columns.map(({ srid }) => srid))).toEqual(new Set([4490]))
    expect(columns.find(({ view }) => view === 'incidents')?.type).toBe('POINT')
    const [row] = await world.database`
      select st_astext(geom) as text from gis.streets where code = '960101001'`
    expect(row).toEqual({ text: 'MULTIPOLYGON(((114 30,114.01 30,114.01 30.01,114 30.01,114 30)))' })
    const [place] = await world.database`select st_astext(geom) as text from gis.incidents where id = '960101001-A'`
    expect(place?.['text']).toBe('POINT(114.001 30.002)')
  })

  test('enabling and disabling it is recorded', async ({ skip }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    const context = { database: async () => world.database, out: () => {} } as unknown as CommandContext
    for (const action of ['enable', 'disable']) expect(await postgisCommand.prepare([action]).run(context)).toBe(0)
    expect(await world.database`select actor_kind, action, object from audit order by position`).toMatchObject([
      { actorKind: 'command', action: 'enable', object: 'postgis' },
      { actorKind: 'command', action: 'disable', object: 'postgis' },
    ])
  })

  test('a login sees the rows of its scope, and without a scope none', async ({ skip }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    await world.database.begin(enablePostgis)
    const name = `gis_${new URL(world.url).pathname.slice(6)}`
    await world.database.unsafe(`create role ${name} login in role minqing_reader`)
    const url = new URL(world.url)
    url.username = name
    const asPerson = async () => {
      const person = connect({ url: url.href, poolSize: 1 })
      try {
        return await person<{ id: string }[]>`select id from gis.incidents order by id`
      } finally {
        await person.end()
      }
    }
    try {
      expect(await asPerson()).toEqual([])
      await world.database.unsafe(`alter role ${name} set app.scope = '960101002'`)
      expect((await asPerson()).map(({ id }) => id)).toEqual(['960101002-A', '960101002-nowhere'])
    } finally {
      await world.database.unsafe(`drop role ${name}`)
    }
  })

  test('a map window is found by an index', async ({ skip }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    await world.database.begin(enablePostgis)
    for (const [view, index] of [
      ['incidents', 'gis_incident_place'],
      ['streets', 'gis_area_shape'],
    ] as const) {
      const plan = await world.database.begin(async (transaction) => {
        await transaction`set local enable_seqscan = off`
        return transaction.unsafe(
          `explain select * from gis.${view} where geom && st_setsrid(st_makeenvelope(114, 30, 114.1, 30.1), 4490)`,
        )
      })
      expect(JSON.stringify(plan), view).toContain(index)
    }
  })

  test('migrating makes the views of this version of those that another one left, and leaves its own as they are', async ({
    skip,
  }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    const { database } = world
    const views = () => database<{ oid: number; columns: string }[]>`
      select c.oid, string_agg(a.attname, ',' order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where relnamespace = to_regnamespace('gis') group by c.oid order by relname`
    await database.begin(enablePostgis)
    const ours = await views()
    await migrate(database)
    expect(await views()).toEqual(ours)

    await database`drop view gis.incidents`
    await database`create view gis.incidents as select number from public.incident`
    await database`comment on schema gis is 'views of an earlier version'`
    await migrate(database)
    const columns = ours.map((view) => view.columns)
    expect((await views()).map((view) => view.columns)).toEqual(columns)

    await database`drop view gis.grids`
    await migrate(database)
    expect((await views()).map((view) => view.columns)).toEqual(columns)
  })

  test('it is gone without a trace', async ({ skip }) => {
    skip(!available, 'this server has no PostGIS (postgresql-15-postgis-3)')
    await world.database.begin(enablePostgis)
    await world.database.begin(disablePostgis)
    expect(await world.database`select from pg_namespace where nspname = 'gis'`).toHaveLength(0)
    expect(await world.database`select from pg_indexes where indexname like 'gis_%'`).toHaveLength(0)
  })
})
