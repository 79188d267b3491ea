import { mercatorX, mercatorY, type TileAddress } from '@minqing/data/geo/mercator'
import { openScope, readAs } from '../../../server/store/scope.ts'
import { join } from 'node:path'
import { buildingFeatures } from '../../../server/buildings/building-features.ts'
import { writeCollection } from '../../../server/exports/write-collection.ts'
import type { Database } from '../../../server/store/connect.ts'
import { measureCachedAnswer, uncached } from '../request-rate.ts'
import { median, type Figure } from '../figure.ts'
import { missingForMapServer, startMapServer } from './mapserver.ts'

/** The levels at which the map asks for buildings, and how many tiles of each. */
const zooms = [14, 15, 16]
const tilesEach = 12
const rounds = 5
const everything = { bbox: undefined, datetime: undefined }

/** Building tiles of the city: uncached against MapServer, and cached against a bare server. */
export async function measureBuildingTiles(
  address: string,
  city: Database,
  scratch: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  const tiles = await chooseTiles(city)
  const cached = await measureCachedAnswer(urlOf(address, tiles[0]!), scratch, {
    zh: '缓存的楼栋瓦片每秒请求数，与发送相同字节的裸 node:http 服务之比',
    en: 'requests/s of a cached building tile against a bare node:http server sending the same bytes',
  })
  const missing = missingForMapServer()
  if (missing !== undefined) {
    say(`未比较 · Not compared with MapServer: ${missing}`)
    return [cached]
  }
  const buildings = join(scratch, 'buildings.geojson')
  await readAs(
    city,
    openScope,
    (transaction) => writeCollection(transaction, buildingFeatures, everything, { path: buildings, format: 'geojson' }),
    Infinity,
  )
  const mapServer = await startMapServer(buildings, scratch)
  try {
    const ways: Record<string, (tile: TileAddress) => Promise<unknown>> = {
      ours: (tile) => ask(urlOf(address, tile)),
      CGI: mapServer.once,
      ...(mapServer.cached === null ? {} : { FastCGI: mapServer.cached }),
    }
    const times = await take(ways, tiles)
    const ratio = (other: string) => median(tiles.map((_, i) => times['ours']![i]! / times[other]![i]!))
    const medians = Object.entries(times).map(([way, list]) => [`${way}, ms`, median(list).toFixed(1)])
    return [
      {
        claim: {
          zh: '未缓存的楼栋瓦片所需时间，与 MapServer（CGI，带空间索引的 Shapefile）之比',
          en: 'time of an uncached building tile against MapServer (CGI, from an indexed Shapefile)',
        },
        value: ratio('CGI'),
        unit: ' ×',
        limit: { atMost: 0.5 },
        measured: {
          MapServer: mapServer.version,
          tiles: tiles.length,
          ...Object.fromEntries(medians),
          ...(mapServer.cached === null ? {} : { 'against FastCGI': ratio('FastCGI').toFixed(2) }),
        },
      },
      cached,
    ]
  } finally {
    mapServer.stop()
  }
}

function urlOf(address: string, { z, x, y }: TileAddress): string {
  return `${address}/api/tiles/buildings/${z}/${x}/${y}.mvt`
}

/** Tiles around buildings that lie evenly in the order of their codes. */
async function chooseTiles(city: Database): Promise<TileAddress[]> {
  const wanted = zooms.length * tilesEach
  const places = await city<{ lon: number; lat: number }[]>`
    select (center(extent))[0] as lon, (center(extent))[1] as lat
    from (select extent, row_number() over (order by code) as n, count(*) over () as total from building) numbered
    where n % (total / ${wanted}::bigint) = 0 order by n limit ${wanted}`
  return places.map(({ lon, lat }, index) => {
    const z = zooms[index % zooms.length]!
    const across = 2 ** z
    return { z, x: Math.floor(mercatorX(lon) * across), y: Math.floor(mercatorY(lat) * across) }
  })
}

async function ask(url: string): Promise<void> {
  const [name = '', value = ''] = uncached.split(/=(.*)/s)
  const response = await fetch(url, { headers: { [name]: value } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  await response.arrayBuffer()
}

/** Milliseconds of each tile by each way: medians of rounds in which the ways take turns. */
async function take(
  ways: Record<string, (tile: TileAddress) => Promise<unknown>>,
  tiles: readonly TileAddress[],
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((way) => [way, []]))
  for (const tile of tiles) {
    const own: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((way) => [way, []]))
    for (let round = 0; round < rounds; round++)
      for (const [way, request] of Object.entries(ways)) {
        const began = performance.now()
        // One request at a time is what is measured.
        await request(tile)
        own[way]!.push(performance.now() - began)
      }
    for (const [way, list] of Object.entries(own)) times[way]!.push(median(list))
  }
  return times
}
