import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { boxOf, centerOf, changed, grids, insertAreas, insertBuilding, insertFacility, street } from './world.ts'

type Link = { rel: string; href: string; type: string; templated?: boolean }
type Entry = { title: string; dataType: string; tileMatrixSetId: string; links: Link[] }
type TileJson = {
  tilejson: string
  tiles: string[]
  minzoom: number
  maxzoom: number
  bounds: number[]
  vector_layers: { id: string; fields: Record<string, string> }[]
}

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  await insertBuilding(database, 1)
  await insertFacility(database, 'F1')
  await database`
    insert into base_feature (street_code, id, layer, kind, name, rank, geometry, extent, source)
    values (${street}, 'name', 'place', 'park', '小园', 1, '{"type":"Point","coordinates":[114.005,30.005]}',
      box(point(114.005, 30.005), point(114.005, 30.005)), 'test')`
  await changed(database, 'buildings', 'facilities', 'base')
})
afterAll(() => served.close())

const [west, south] = boxOf(grids[0]!)
const [lon, lat] = centerOf(grids[0]!)
const z = 14
const column = Math.floor(((lon + 180) / 360) * 2 ** z)
const row = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)

async function bytesOf(address: string): Promise<Uint8Array> {
  const response = await fetch(address)
  expect(response.status, address).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
  return new Uint8Array(await response.arrayBuffer())
}

const filled = (template: string) =>
  template
    .replace('{tileMatrix}', String(z))
    .replace('{tileRow}', String(row))
    .replace('{tileCol}', String(column))
    .replace('{z}/{x}/{y}', `${z}/${column}/${row}`)

test('the landing page and the collections lead to every set, and every link of a set answers', async () => {
  const { links } = await served.getJson<{ links: Link[] }>('')
  const lists = links.filter(({ rel }) => rel.endsWith('/tilesets-vector')).map(({ href }) => href)
  const { collections } = await served.getJson<{ collections: { id: string; links: Link[] }[] }>('/collections')
  const own = collections.flatMap((collection) =>
    collection.links.filter(({ rel }) => rel.endsWith('/tilesets-vector')).map(({ href }) => href),
  )
  expect(own).toHaveLength(5)
  for (const list of [...lists, ...own]) {
    const { tilesets } = (await (await fetch(list)).json()) as { tilesets: Entry[] }
    expect(tilesets.length).toBeGreaterThan(0)
    for (const { dataType, tileMatrixSetId, links: ways } of tilesets) {
      expect([dataType, tileMatrixSetId]).toEqual(['vector', 'WebMercatorQuad'])
      for (const { href } of ways.filter(({ templated }) => templated === true)) {
        expect((await bytesOf(filled(href))).length, href).toBeGreaterThan(0)
      }
      for (const { href, type } of ways.filter(({ templated }) => templated !== true)) {
        expect((await fetch(href)).headers.get('content-type'), href).toContain(type)
      }
    }
  }
})

test('row before column, column before row: both addresses are the same tile', async () => {
  const ogc = await bytesOf(`${served.api}/collections/grids/tiles/WebMercatorQuad/${z}/${row}/${column}`)
  expect(ogc).toEqual(await bytesOf(`${served.api}/tiles/grids/${z}/${column}/${row}.mvt`))
})

test.each(['base', 'streets', 'communities', 'grids', 'buildings', 'facilities'])(
  'TileJSON of %s: its tiles are there, hold the layers that it names, and no field that it does not',
  async (name) => {
    const json = await served.getJson<TileJson>(`/tiles/${name}?f=tilejson`)
    expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: 16 })
    const [a = 0, b = 0, c = 0, d = 0] = json.bounds
    expect(a >= 113 && c <= 115 && b >= 29 && d <= 31 && a <= c && b <= d).toBe(true)
    const tile = new VectorTile(new PbfReader(await bytesOf(filled(json.tiles[0] ?? ''))))
    expect(Object.keys(tile.layers).length).toBeGreaterThan(0)
    for (const [id, layer] of Object.entries(tile.layers)) {
      const known = json.vector_layers.find((candidate) => candidate.id === id)?.fields ?? {}
      for (let index = 0; index < layer.length; index += 1) {
        for (const [field, value] of Object.entries(layer.feature(index).properties))
          expect([field, typeof value]).toEqual([field, known[field]])
      }
    }
  },
)

test('the pyramid is that of the standard', async () => {
  type Matrix = { id: string; scaleDenominator: number; cellSize: number; matrixWidth: number }
  const set = await served.getJson<{ tileMatrices: Matrix[]; uri: string }>('/tileMatrixSets/WebMercatorQuad')
  expect(set.uri).toBe('http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad')
  expect(set.tileMatrices).toHaveLength(23)
  // OGC 17-083r4, annex D.1.
  expect(set.tileMatrices[0]).toMatchObject({ id: '0', matrixWidth: 1 })
  expect(set.tileMatrices[0]?.scaleDenominator).toBeCloseTo(559_082_264.028_717_8, 4)
  expect(set.tileMatrices[18]?.scaleDenominator).toBeCloseTo(2132.729_583_849_782, 8)
  expect(set.tileMatrices[18]?.cellSize).toBeCloseTo(0.597_164_283_559_817, 9)
})

test('a set says where it has anything, and what is drawn there', async () => {
  const set = await served.getJson<{
    boundingBox: { lowerLeft: number[] }
    layers: { id: string; geometryDimension: number }[]
  }>('/collections/grids/tiles/WebMercatorQuad')
  expect(set.boundingBox.lowerLeft).toEqual([west, south])
  expect(set.layers).toMatchObject([{ id: 'grids', geometryDimension: 2 }])
})

test('what is no set, no place in it or no form of it is refused by name', async () => {
  expect((await served.get('/collections/incidents/tiles')).status).toBe(404)
  for (const [path, parameter] of [
    ['/tiles/roads', 'layer'],
    ['/tiles/grids?f=html', 'f'],
    ['/tiles?f=tilejson', 'f'],
    ['/collections/grids/tiles/WebMercatorQuad/1/2/0', 'y'],
    ['/collections/grids/tiles/WebMercatorQuad/x/0/0', 'z'],
  ]) {
    const response = await served.get(path ?? '')
    expect(await response.json(), path).toMatchObject({ status: 400, parameter })
  }
})
