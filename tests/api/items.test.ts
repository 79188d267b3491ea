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
  insertFacility,
  insertIncident,
  square,
  street,
} from './world.ts'

type Items = FeatureCollection & {
  numberMatched: number
  numberReturned: number
  timeStamp: string
  links: { rel: string; href: string }[]
}

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  for (let index = 1; index <= 7; index++)
    await insertBuilding(database, index, { grid: grids[index % 4]!, use: index < 3 ? 'school' : 'residential' })
  await insertFacility(database, 'F1')
  await insertFacility(database, 'S1', { kind: 'smoke_detector', status: 'offline', grid: grids[3]! })
  for (let index = 0; index < 25; index++) {
    await insertIncident(database, {
      number: `N${String(index).padStart(3, '0')}`,
      gridCode: grids[index % 4]!,
      type: index % 2 === 0 ? 'D02' : 'E03',
      channel: index % 3 === 0 ? 'walk_in' : 'grid_app',
      status: index % 5 === 0 ? '80' : '50',
      risk: index === 7 ? 'red' : 'blue',
      reportedAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    })
  }
  await insertIncident(database, {
    number: 'nowhere',
    gridCode: null,
    position: null,
    reportedAt: '2026-02-20T00:00:00Z',
  })
  await changed(database, 'buildings', 'facilities', 'incidents')
})
afterAll(() => served.close())

const items = (collection: string, query = '') => served.getJson<Items>(`/collections/${collection}/items${query}`)
const idsOf = ({ features }: FeatureCollection) => features.map(({ id }) => id)
const matched = async (collection: string, query: string) => (await items(collection, query)).numberMatched

/** Every page, as `next` leads. */
async function walk(query: string, between: () => Promise<void> = async () => {}): Promise<string[]> {
  const ids: string[] = []
  let next: string | undefined = `${served.api}/collections/incidents/items${query}`
  while (next !== undefined) {
    const page = (await (await fetch(next)).json()) as Items
    expect(page.numberReturned).toBe(page.features.length)
    // The first page has the number.
    expect('numberMatched' in page).toBe(ids.length === 0)
    ids.push(...(idsOf(page) as string[]))
    next = page.links.find(({ rel }) => rel === 'next')?.href
    await between()
  }
  return ids
}

describe('a page of items', () => {
  test('is GeoJSON with counts, time and links, which the header repeats', async () => {
    const response = await served.get('/collections/incidents/items?limit=3')
    expect(response.headers.get('content-type')).toBe('application/geo+json')
    const page = (await response.json()) as Items
    expect(page).toMatchObject({ type: 'FeatureCollection', numberMatched: 26, numberReturned: 3 })
    expect(page.timeStamp).toBe('2026-03-10T04:00:00.000Z')
    for (const { rel, href } of page.links) expect(response.headers.get('link')).toContain(`<${href}>; rel="${rel}"`)
  })

  test('a feature is the domain object, its position in the geometry', async () => {
    const { features } = await items('incidents', '?limit=1')
    expect(features[0]).toMatchObject({
      type: 'Feature',
      id: `${street}-N000`,
      geometry: { type: 'Point', coordinates: centerOf(grids[0]!) },
      properties: {
        number: 'N000',
        streetCode: street,
        gridCode: grids[0],
        type: 'D02',
        reportedAt: '2026-01-01T00:00:00.000Z',
        dueAt: null,
      },
    })
    expect(features[0]?.properties).not.toHaveProperty('position')
  })

  test('a case without a place has no geometry, and no box contains it', async () => {
    const feature = await served.getJson<Feature>(`/collections/incidents/items/${street}-nowhere`)
    expect(feature.geometry).toBeNull()
    expect(await matched('incidents', '?bbox=-180,-90,180,90')).toBe(25)
  })

  test('coordinates have at most seven decimals, and geometry leaves as it was stored', async () => {
    await insertIncident(served.database, { number: 'exact', type: 'E99', position: [114.12345678912, 30.1] })
    const { geometry } = await served.getJson<Feature<Point>>(`/collections/incidents/items/${street}-exact`)
    expect(geometry.coordinates).toEqual([114.1234568, 30.1])
    await served.database`delete from incident where number = 'exact'`
    const stored = await served.database<{ geometry: string }[]>`select geometry from area where code = ${street}`
    const text = await (await served.get('/collections/streets/items')).text()
    expect(text).toContain(`"geometry":${stored[0]?.geometry}`)
  })
})

describe('selecting', () => {
  test('by box: four numbers, six numbers, across the date line', async () => {
    const [west, south, east, north] = boxOf(grids[1]!)
    const expected = await matched('incidents', `?area=${grids[1]}`)
    expect(expected).toBeGreaterThan(0)
    expect(await matched('incidents', `?bbox=${west},${south},${east},${north}`)).toBe(expected)
    expect(await matched('incidents', `?bbox=${west},${south},-10,${east},${north},900`)).toBe(expected)
    expect(await matched('incidents', `?bbox=179,-90,-179,90`)).toBe(0)
    expect(await matched('incidents', `?bbox=114,-90,-179,90`)).toBe(25)
    const crs = 'bbox-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84'
    expect(await matched('grids', `?bbox=${west + 0.001},${south},${east - 0.001},${north}&${crs}`)).toBe(1)
  })

  test('by box: the shape decides, not the box around it', async () => {
    const [west, south, east, north] = boxOf(street)
    const half = {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, south],
        ],
      ],
    }
    await served.database`update area set geometry = ${JSON.stringify(half)} where code = ${street}`
    expect(await matched('streets', `?bbox=${west},${north - 0.001},${west + 0.001},${north}`)).toBe(0)
    expect(await matched('streets', `?bbox=${east - 0.001},${south},${east},${south + 0.001}`)).toBe(1)
    expect(await matched('streets', `?bbox=${west - 1},${south - 1},${east + 1},${north + 1}`)).toBe(1)
    await served.database`update area set geometry = ${square(boxOf(street))} where code = ${street}`
  })

  test('by time: an instant, intervals with both ends in them, open ends', async () => {
    expect(await matched('incidents', '?datetime=2026-01-03T00:00:00Z')).toBe(1)
    expect(await matched('incidents', '?datetime=2026-01-03T08:00:00%2B08:00')).toBe(1)
    // An offset's plus sign that nobody encoded.
    expect(await matched('incidents', '?datetime=2026-01-03T08:00:00+08:00')).toBe(1)
    expect(await matched('incidents', '?datetime=2026-01-03T00:00:00Z/2026-01-05T00:00:00Z')).toBe(3)
    expect(await matched('incidents', '?datetime=../2026-01-05T00:00:00Z')).toBe(5)
    expect(await matched('incidents', '?datetime=2026-01-24T00:00:00Z/')).toBe(3)
    // What has no time matches every time.
    expect(await matched('grids', '?datetime=2026-01-03T00:00:00Z')).toBe(4)
  })

  test('by properties, several at once', async () => {
    expect(await matched('incidents', '?type=E01')).toBe(14)
    expect(await matched('incidents', '?type=E03&channel=walk_in')).toBe(4)
    expect(await matched('incidents', '?status=80,50&risk=red')).toBe(1)
    expect(await matched('incidents', `?area=${communities[0]}`)).toBe(13)
    expect(await matched('incidents', `?area=96`)).toBe(26)
    expect(await matched('buildings', '?use=school')).toBe(2)
    expect(await matched('facilities', '?kind=smoke_detector&status=offline,alarm')).toBe(1)
    expect(await matched('grids', `?area=${communities[1]}`)).toBe(2)
    expect(await matched('communities', '?area=97')).toBe(0)
  })

  test('an empty list means all', async () => {
    expect(await matched('incidents', '?type=')).toBe(26)
  })
})

describe('paging', () => {
  test('pages join to the whole, each feature once', async () => {
    const whole = idsOf(await items('incidents', '?limit=10000'))
    expect(whole).toHaveLength(26)
    for (const limit of [1, 5, 25, 26]) expect(await walk(`?limit=${limit}`)).toEqual(whole)
  })

  test('rows written and removed meanwhile neither repeat nor hide others', async () => {
    const before = idsOf(await items('incidents', '?limit=10000')) as string[]
    let turn = 0
    const walked = await walk('?limit=4', async () => {
      turn += 1
      // One behind the reader, one ahead of it, and one of those already read goes away.
      await insertIncident(served.database, { number: `A${turn}` })
      await insertIncident(served.database, { number: `Z${turn}` })
      if (turn === 3) await served.database`delete from incident where number = 'A1'`
    })
    expect(new Set(walked).size).toBe(walked.length)
    expect(walked).toEqual(expect.arrayContaining(before))
    await served.database`delete from incident where number like 'A%' or number like 'Z%'`
  })

  test('a limit above the maximum counts as the maximum', async () => {
    expect((await items('incidents', '?limit=999999')).numberReturned).toBe(26)
  })

  test('pages carry the filter on', async () => {
    expect(await walk('?limit=3&type=E03')).toHaveLength(12)
  })
})

describe('one item', () => {
  test('every collection gives each of its features by id', async () => {
    for (const collection of ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities']) {
      const { features } = await items(collection)
      expect(features.length).toBeGreaterThan(0)
      for (const feature of features.slice(0, 4)) {
        const response = await served.get(`/collections/${collection}/items/${encodeURIComponent(String(feature.id))}`)
        expect(response.status).toBe(200)
        expect(await response.json()).toMatchObject(feature)
      }
    }
  })

  test('facilities of two streets with the same id are two features', async () => {
    const other = `${street.slice(0, 8)}2`
    await served.database`
      insert into facility (street_code, id, kind, name, position, source)
      values (${other}, 'F1', 'service_station', '另一驿站', point(114, 30), 'test')`
    const { features } = await items('facilities')
    expect(new Set(idsOf({ type: 'FeatureCollection', features })).size).toBe(features.length)
    const feature = await served.getJson<Feature>(`/collections/facilities/items/${other}-F1`)
    expect(feature).toMatchObject({ id: `${other}-F1`, properties: { id: 'F1', streetCode: other, name: '另一驿站' } })
    expect((await served.get('/collections/facilities/items/F1')).status).toBe(404)
    await served.database`delete from facility where street_code = ${other}`
  })

  test('a grid is no street', async () => {
    expect((await served.get(`/collections/streets/items/${grids[0]}`)).status).toBe(404)
  })

  test('a number with every kind of character is found again', async () => {
    const number = '（2026）信字/1号 a%b'
    await insertIncident(served.database, { number, type: 'E99' })
    const id = encodeURIComponent(`${street}-${number}`)
    const feature = await served.getJson<Feature>(`/collections/incidents/items/${id}`)
    expect(feature.properties?.number).toBe(number)
    const incident = await served.getJson<{ number: string }>(`/incidents/${street}/${encodeURIComponent(number)}`)
    expect(incident.number).toBe(number)
    await served.database`delete from incident where number = ${number}`
  })
})
