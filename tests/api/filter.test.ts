import type { Feature, FeatureCollection, Point } from 'geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import {
  boxOf,
  centerOf,
  changed,
  communities,
  grids,
  insertAreas,
  insertBuilding,
  insertIncident,
  street,
} from './world.ts'

let served: ServedApi
let all: Record<string, Feature[]>
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  for (let index = 1; index <= 8; index++)
    await insertBuilding(database, index, {
      grid: grids[index % 4]!,
      name: index % 2 === 0 ? `Tower ${index}` : `百栋_${index}%`,
    })
  for (let index = 0; index < 24; index++) {
    await insertIncident(database, {
      number: `N${String(index).padStart(2, '0')}`,
      gridCode: grids[index % 4]!,
      // A row of points from west to east through the whole street, on its middle line.
      position: [114 + index * 0.0016, 30.005],
      type: index % 2 === 0 ? 'D02' : 'E03',
      risk: (['red', 'orange', 'yellow', 'blue'] as const)[index % 4]!,
      title: index % 3 === 0 ? '楼上漏水' : `Noise ${index}`,
      involvedCount: index,
      reportedAt: new Date(Date.UTC(2026, 0, 1 + index, 12)).toISOString(),
      dueAt: index % 4 === 0 ? null : new Date(Date.UTC(2026, 0, 10 + (index % 5), 12)).toISOString(),
    })
  }
  await insertIncident(database, { number: 'nowhere', position: null, involvedCount: 3 })
  await changed(database, 'incidents', 'buildings')
  all = {}
  for (const collection of ['incidents', 'buildings', 'grids']) all[collection] = await found(collection)
})
afterAll(() => served.close())

async function found(collection: string, filter?: string, more = ''): Promise<Feature[]> {
  const query = filter === undefined ? '' : `&filter=${encodeURIComponent(filter)}`
  const path = `/collections/${collection}/items?limit=1000${query}${more}`
  return (await served.getJson<FeatureCollection>(path)).features
}

/** What a feature says, read as a text or as a number. */
class Row {
  readonly #properties: Record<string, unknown>

  constructor(feature: Feature) {
    this.#properties = feature.properties ?? {}
  }

  /** Null where it is not known. */
  text(name: string): string | null {
    return this.#properties[name] as string | null
  }

  number(name: string): number {
    return this.#properties[name] as number
  }

  /** Milliseconds; not a number where it is not known, so that no comparison holds. */
  time(name: string): number {
    return Date.parse(this.text(name) ?? '')
  }
}

const [west, south, east, north] = boxOf(grids[1]!)

/** A filter, and the same question put to the features themselves. */
const questions: [collection: string, filter: string, holds: (row: Row, feature: Feature) => boolean | null][] = [
  ['incidents', "type = 'D02'", (row) => row.text('type') === 'D02'],
  [
    'incidents',
    "type <> 'D02' AND involvedCount < 10",
    (row) => row.text('type') !== 'D02' && row.number('involvedCount') < 10,
  ],
  [
    'incidents',
    "risk IN ('red', 'orange') OR involvedCount >= 20",
    (row) => /red|orange/.test(row.text('risk')!) || row.number('involvedCount') >= 20,
  ],
  [
    'incidents',
    "NOT (risk = 'red' OR risk = 'blue')",
    (row) => row.text('risk') !== 'red' && row.text('risk') !== 'blue',
  ],
  [
    'incidents',
    'involvedCount BETWEEN 3 AND 5.5',
    (row) => row.number('involvedCount') >= 3 && row.number('involvedCount') <= 5.5,
  ],
  [
    'incidents',
    'involvedCount NOT BETWEEN 3 AND 20',
    (row) => row.number('involvedCount') < 3 || row.number('involvedCount') > 20,
  ],
  ['incidents', "title LIKE '%漏水'", (row) => row.text('title')!.endsWith('漏水')],
  ['incidents', "title NOT LIKE 'Noise _'", (row) => !/^Noise .$/.test(row.text('title')!)],
  ['incidents', "CASEI(title) LIKE CASEI('NOISE%')", (row) => row.text('title')!.startsWith('Noise')],
  ['incidents', "CASEI(title) = CASEI('NOISE 1')", (row) => row.text('title') === 'Noise 1'],
  ['incidents', "number > 'N2'", (row) => row.text('number')! > 'N2'],
  ['incidents', 'dueAt IS NULL', (row) => row.text('dueAt') === null],
  ['incidents', 'dueAt IS NOT NULL AND dueAt < reportedAt', (row) => row.time('dueAt') < row.time('reportedAt')],
  // What is not known is neither.
  ['incidents', "NOT (dueAt < TIMESTAMP('2026-01-12T00:00:00Z'))", (row) => row.time('dueAt') >= Date.UTC(2026, 0, 12)],
  [
    'incidents',
    "reportedAt >= TIMESTAMP('2026-01-05T12:00:00Z')",
    (row) => row.time('reportedAt') >= Date.UTC(2026, 0, 5, 12),
  ],
  // A date is a day at home.
  ['incidents', "reportedAt = DATE('2026-01-05')", (row) => row.text('reportedAt') === '2026-01-05T12:00:00.000Z'],
  [
    'incidents',
    "reportedAt <= DATE('2026-01-05')",
    (row) => row.time('reportedAt') < Date.parse('2026-01-06T00:00:00+08:00'),
  ],
  [
    'incidents',
    "T_AFTER(reportedAt, DATE('2026-01-20'))",
    (row) => row.time('reportedAt') >= Date.parse('2026-01-21T00:00:00+08:00'),
  ],
  [
    'incidents',
    "T_BEFORE(reportedAt, TIMESTAMP('2026-01-03T12:00:00Z'))",
    (row) => row.time('reportedAt') < Date.UTC(2026, 0, 3, 12),
  ],
  [
    'incidents',
    "T_DURING(reportedAt, INTERVAL('2026-01-03T12:00:00Z', '2026-01-09T12:00:00Z'))",
    (row) => row.time('reportedAt') > Date.UTC(2026, 0, 3, 12) && row.time('reportedAt') < Date.UTC(2026, 0, 9, 12),
  ],
  [
    'incidents',
    "T_INTERSECTS(INTERVAL(reportedAt, dueAt), INTERVAL('2026-01-09T12:00:00Z', '..'))",
    (row) => row.time('dueAt') >= Date.UTC(2026, 0, 9, 12),
  ],
  [
    'incidents',
    "T_EQUALS(reportedAt, TIMESTAMP('2026-01-04T12:00:00Z'))",
    (row) => row.text('reportedAt') === '2026-01-04T12:00:00.000Z',
  ],
  [
    'incidents',
    `S_INTERSECTS(geometry, BBOX(${west},${south},${east},${north}))`,
    (_, { geometry }) => inBox(geometry as Point | null),
  ],
  [
    'incidents',
    `NOT S_INTERSECTS(geometry, BBOX(${west},${south},${east},${north}))`,
    (_, { geometry }) => geometry !== null && !inBox(geometry as Point),
  ],
  [
    'incidents',
    `S_INTERSECTS(POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south})), geometry)`,
    (_, { geometry }) => inBox(geometry as Point | null),
  ],
  // A ring's hole, with a point of it on the line of the hole.
  [
    'incidents',
    'S_INTERSECTS(geometry, POLYGON((113.9 29,114.2 29,114.2 31,113.9 31,113.9 29),(114.008 30,114.0208 30,114.0208 30.01,114.008 30.01,114.008 30)))',
    (_, { geometry }) =>
      geometry !== null && !(lon(geometry as Point) > 114.00800001 && lon(geometry as Point) < 114.02079999),
  ],
  [
    'incidents',
    'S_INTERSECTS(geometry, LINESTRING(114.0015 30.005, 114.0065 30.005))',
    (_, { geometry }) => geometry !== null && lon(geometry as Point) > 114.0015 && lon(geometry as Point) < 114.0065,
  ],
  [
    'incidents',
    'S_INTERSECTS(geometry, MULTIPOINT((114 30.005),(114.0016 30.005),(114.1 30)))',
    (row) => row.text('number') === 'N00' || row.text('number') === 'N01',
  ],
  [
    'incidents',
    'S_INTERSECTS(geometry, BBOX(114.03,-90,-170,90))',
    (_, { geometry }) => geometry !== null && lon(geometry as Point) >= 114.03,
  ],
  ['incidents', 'geometry IS NULL', (_, { geometry }) => geometry === null],
  ['incidents', 'geometry IS NOT NULL', (_, { geometry }) => geometry !== null],
  ['buildings', 'geometry IS NULL', () => false],
  // Numbers whose squares and quotients no double holds.
  ['incidents', 'S_INTERSECTS(geometry, LINESTRING(1e-200 1e-200, 1e-320 0))', () => false],
  [
    'incidents',
    'S_INTERSECTS(geometry, POLYGON((110 30.005,120 30.005,120 1e-310,-1e-310 0,110 30.005)))',
    (_, { geometry }) => geometry !== null,
  ],
  ['incidents', 'involvedCount > 1e-400 AND involvedCount < 1e300', (row) => row.number('involvedCount') > 0],
  ['incidents', 'involvedCount <> 5e-324 OR involvedCount = 1e-320', () => true],
  ['buildings', "floors = 6 AND name LIKE '百栋\\_%\\%'", (row) => row.text('name')!.startsWith('百栋')],
  ['buildings', "CASEI(name) LIKE 'TOWER%'", (row) => row.text('name')!.startsWith('Tower')],
  ['buildings', "builtYear IS NULL AND height > 17.9 AND use <> 'school'", () => true],
  ['grids', `S_INTERSECTS(geometry, POINT(${centerOf(grids[2]!).join(' ')}))`, (row) => row.text('code') === grids[2]],
  [
    'grids',
    `NOT S_INTERSECTS(geometry, BBOX(${west + 0.001},${south},${east - 0.001},${north}))`,
    (row) => row.text('code') !== grids[1],
  ],
  // Only the triangle's box reaches into the first grid's neighbours.
  [
    'grids',
    `S_INTERSECTS(geometry, POLYGON((113.99 29.99,114.035 29.99,113.99 30.004,113.99 29.99))) AND code <> '${grids[3]}'`,
    (row) => row.text('code') === grids[0],
  ],
  ['grids', `parentCode = '${communities[0]}' AND areaM2 >= 1e6`, (row) => row.text('parentCode') === communities[0]],
  ['grids', 'TRUE', () => true],
  ['grids', 'FALSE', () => false],
]

const lon = ({ coordinates }: Point) => coordinates[0]!
const inBox = (point: Point | null) => point !== null && lon(point) >= west && lon(point) <= east

describe('a filter selects what the same question selects here', () => {
  test.each(questions)('%s: %s', async (collection, filter, holds) => {
    const expected = all[collection]!.filter((feature) => holds(new Row(feature), feature) === true)
    expect((await found(collection, filter)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test('the questions leave some and take some', () => {
    const split = questions.filter(([collection, , holds]) => {
      const taken = all[collection]!.filter((feature) => holds(new Row(feature), feature) === true).length
      return taken > 0 && taken < all[collection]!.length
    })
    expect(split.length).toBeGreaterThan(30)
  })
})

test('it joins the other parameters, and pages carry it on', async () => {
  const rows = await found('incidents', "type = 'D02'", '&risk=red&datetime=2026-01-05T00:00:00Z/..')
  expect(rows.length).toBeGreaterThan(0)
  for (const { properties } of rows) expect(properties).toMatchObject({ type: 'D02', risk: 'red' })
  const first = await served.getJson<
    FeatureCollection & { numberMatched: number; links: { rel: string; href: string }[] }
  >(`/collections/incidents/items?limit=5&filter=${encodeURIComponent("type = 'D02'")}`)
  expect([first.features.length, first.numberMatched]).toEqual([5, 12 + 1])
  const next = (await (await fetch(first.links.find(({ rel }) => rel === 'next')!.href)).json()) as FeatureCollection
  expect(new Set([...first.features, ...next.features].map(({ id }) => id)).size).toBe(10)
  expect(next.features.every(({ properties }) => properties?.['type'] === 'D02')).toBe(true)
})

test('filter-crs turns the axes of its shapes alone', async () => {
  const crs = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/4490')
  const [x, y] = centerOf(grids[2]!)
  const rows = await found('grids', `S_INTERSECTS(geometry, POINT(${y} ${x}))`, `&filter-crs=${crs}`)
  expect(rows.map(({ id }) => id)).toEqual([grids[2]])
  expect(await found('grids', `S_INTERSECTS(geometry, POINT(${x} ${y}))`)).toEqual(rows)
})

test('the queryables are a schema of what a filter may ask, and every one of them can be asked', async () => {
  type Schema = {
    $id: string
    type: string
    additionalProperties: boolean
    properties: Record<string, { type?: string; format?: string; enum?: string[] }>
  }
  for (const collection of ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities']) {
    const response = await served.get(`/collections/${collection}/queryables`)
    expect(response.headers.get('content-type')).toBe('application/schema+json')
    const schema = (await response.json()) as Schema
    expect(schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      $id: `${served.api}/collections/${collection}/queryables`,
    })
    for (const [name, { type, format, enum: values }] of Object.entries(schema.properties)) {
      const example = format?.startsWith('geometry')
        ? `S_INTERSECTS(${name}, POINT(0 0))`
        : format === 'date-time'
          ? `${name} > DATE('2026-01-01')`
          : type === 'string'
            ? `${name} = '${values?.[0] ?? 'x'}'`
            : `${name} > 1`
      expect(await found(collection, example), `${collection} ${name}`).toBeInstanceOf(Array)
    }
  }
})

describe('what is no filter', () => {
  test.each([
    "type = 'D02' OR 1=1; drop table incident",
    '1=1) or pg_sleep(5) is not null --',
    'phone = 1',
    'version = 1',
    `${'('.repeat(500)}true${')'.repeat(500)}`,
    Array.from({ length: 300 }, () => 'true').join(' OR '),
  ])('%s', async (filter) => {
    const response = await served.get(`/collections/incidents/items?filter=${encodeURIComponent(filter)}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'bad_parameter', parameter: 'filter' })
    expect(await found('incidents')).toHaveLength(25)
  })

  test('another language is refused by its name', async () => {
    const response = await served.get('/collections/incidents/items?filter=true&filter-lang=cql2-json')
    expect(await response.json()).toMatchObject({ status: 400, parameter: 'filter-lang' })
  })
})

test('a text stays a text: nothing in it reaches the statement', async () => {
  const title = `'; drop table incident; -- $1 \${x} "`
  await insertIncident(served.database, { number: 'quoted', streetCode: street, title })
  const rows = await found('incidents', `title = '${title.replaceAll("'", "''")}'`)
  expect(rows.map(({ properties }) => properties?.['number'] as string)).toEqual(['quoted'])
  await served.database`delete from incident where number = 'quoted'`
})
