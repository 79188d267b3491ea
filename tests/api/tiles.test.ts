import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, changed, grids, insertBuilding, square, street } from './world.ts'

/** For what follows a notification, also on a busy machine. */
const unhurried = { timeout: 30_000, interval: 20 }

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  for (const [index, grid] of grids.entries()) await insertBuilding(database, index + 1, { grid })
  const land = async (
    id: string,
    layer: string,
    kind: string,
    name: string,
    geometry: string,
    [w, s, e, n]: number[],
  ) => {
    await database`
      insert into base_feature (street_code, id, layer, kind, name, rank, geometry, extent, source)
      values (${street}, ${id}, ${layer}, ${kind}, ${name}, 1, ${geometry},
        box(point(${w!}::float8, ${s!}::float8), point(${e!}::float8, ${n!}::float8)), 'test')`
  }
  // A lake over many tiles, with an island in the middle of it.
  const lake = {
    type: 'Polygon',
    coordinates: [
      ...(JSON.parse(square([113, 29, 115, 31])) as { coordinates: number[][][] }).coordinates,
      ...(JSON.parse(square([113.99, 29.99, 114.01, 30.01])) as { coordinates: number[][][] }).coordinates,
    ],
  }
  await land('lake', 'water', 'lake', '大湖', JSON.stringify(lake), [113, 29, 115, 31])
  await land(
    'road',
    'road',
    'arterial',
    '长街',
    JSON.stringify({
      type: 'LineString',
      coordinates: [
        [113.9, 30.005],
        [114.2, 30.005],
      ],
    }),
    [113.9, 30.005, 114.2, 30.005],
  )
  const place = (id: string, kind: string, name: string, lon: number, lat: number) =>
    land(id, 'place', kind, name, JSON.stringify({ type: 'Point', coordinates: [lon, lat] }), [lon, lat, lon, lat])
  await place('name', 'park', '小园', 114.005, 30.005)
  // In another tile of zoom 16 than the other things.
  await place('number', 'house_number', '88号', 114.5, 30.5)
  await changed(database, 'buildings', 'base')
})
afterAll(() => served.close())

function tileAt(lon: number, lat: number, z: number): string {
  const x = Math.floor(((lon + 180) / 360) * 2 ** z)
  const y = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)
  return `${z}/${x}/${y}`
}

async function tile(layer: string, address: string): Promise<VectorTile> {
  const response = await served.get(`/tiles/${layer}/${address}.mvt`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
  return new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
}

function featuresOf(decoded: VectorTile, layer: string, address: string) {
  const [z, x, y] = address.split('/').map(Number)
  const found = decoded.layers[layer]
  return Array.from({ length: found?.length ?? 0 }, (_, index) => found!.feature(index).toGeoJSON(x!, y!, z!))
}

test('a building comes back with its properties, in its place', async () => {
  const [west, south] = boxOf(grids[1]!)
  const address = tileAt(west + 0.0015, south + 0.0015, 16)
  const [feature, ...more] = featuresOf(await tile('buildings', address), 'buildings', address)
  expect(more).toEqual([])
  expect(feature?.properties).toEqual({
    code: '96010100100100002',
    name: '2栋',
    height: 18,
    floors: 6,
    use: 'residential',
  })
  const ring = (feature!.geometry as { coordinates: number[][][] }).coordinates[0]!
  expect(Math.min(...ring.map(([lon]) => lon!))).toBeCloseTo(west + 0.001, 5)
  expect(Math.max(...ring.map(([, lat]) => lat!))).toBeCloseTo(south + 0.002, 5)
})

test('each layer of the base map is a layer of the tile', async () => {
  const address = tileAt(114.005, 30.005, 14)
  const decoded = await tile('base', address)
  expect(Object.keys(decoded.layers).toSorted()).toEqual(['place', 'road', 'water'])
  const [place] = featuresOf(decoded, 'place', address)
  expect(place?.properties).toEqual({ kind: 'park', name: '小园', rank: 1 })
})

test('house numbers are in near tiles, and in none of the wall', async () => {
  const address = tileAt(114.5, 30.5, 16)
  const names = (decoded: VectorTile) => featuresOf(decoded, 'place', address).map(({ properties }) => properties?.name)
  expect(names(await tile('base', address))).toEqual(['88号'])
  const response = await served.get(`/wall/base/${address}`)
  expect(response.status).toBe(200)
  const decoded = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  expect(Object.keys(decoded.layers)).toEqual(['water'])
  expect((await served.get(`/wall/base/${tileAt(10, 50, 14)}`)).status).toBe(204)
})

test('a polygon much larger than a tile fills it, and its hole stays open', async () => {
  const inside = tileAt(113.5, 29.5, 15)
  const layer = (await tile('base', inside)).layers.water!
  const [ring, ...holes] = layer.feature(0).loadGeometry()
  expect(holes).toEqual([])
  // To the edge of the buffer on every side.
  expect(Math.min(...ring!.map(({ x }) => x))).toBeLessThanOrEqual(-60)
  expect(Math.max(...ring!.map(({ y }) => y))).toBeGreaterThanOrEqual(4156)
  // On the island the lake and its hole are the same rectangle: nothing is left of it.
  const island = (await tile('base', tileAt(114.002, 29.995, 16))).layers.water!.feature(0).loadGeometry()
  expect(island.reduce((sum, one) => sum + signedArea(one), 0)).toBe(0)
})

function signedArea(ring: { x: number; y: number }[]): number {
  return ring.reduce((sum, { x, y }, index) => {
    const next = ring[(index + 1) % ring.length]!
    return sum + (x * next.y - next.x * y) / 2
  }, 0)
}

test('neighbouring tiles join without a gap', async () => {
  const [z, x, y] = tileAt(114.05, 30.005, 15).split('/').map(Number)
  const ends: number[] = []
  for (const column of [x!, x! + 1]) {
    const address = `${z}/${column}/${y}`
    const [line] = featuresOf(await tile('base', address), 'road', address)
    const lons = (line!.geometry as { coordinates: number[][] }).coordinates.map(([lon]) => lon!)
    ends.push(Math.min(...lons), Math.max(...lons))
  }
  expect(ends[1]).toBeGreaterThan(ends[2]!)
})

test('where nothing is, there is no content, cached or not', async () => {
  for (let time = 0; time < 2; time++) {
    const response = await served.get(`/tiles/buildings/${tileAt(10, 50, 14)}.mvt`)
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  }
})

test('far out, buildings smaller than a pixel are left out', async () => {
  // 0.001° is 1.5 pixels at zoom 10 and 0.7 at zoom 9.
  const near = tileAt(114.015, 30.0015, 10)
  expect(featuresOf(await tile('buildings', near), 'buildings', near)).toHaveLength(4)
  expect((await served.get(`/tiles/buildings/${tileAt(114.015, 30.0015, 9)}.mvt`)).status).toBe(204)
})

test('a changed building is in the next tile', async () => {
  const address = tileAt(114.0015, 30.0015, 16)
  const nameOf = async () =>
    featuresOf(await tile('buildings', address), 'buildings', address)[0]?.properties?.name as string
  expect(await nameOf()).toBe('1栋')
  await served.database`update building set name = '改名' where code = '96010100100100001'`
  await changed(served.database, 'buildings')
  await vi.waitFor(async () => expect(await nameOf()).toBe('改名'), unhurried)
})
