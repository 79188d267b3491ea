import { mercatorX, mercatorY, type TileAddress } from '@minqing/data/geo/mercator'
import { openScope, readAs } from '../../../server/store/scope.ts'
import { join } from 'node:path'
import { buildingFeatures } from '../../../server/buildings/building-features.ts'
import { writeCollection } from '../../../server/exports/write-collection.ts'
import type { Database } from '../../../server/store/connect.ts'
import { measureCachedAnswer, uncached } from '../request-rate.ts'
import { median, type Figure } from '../figure.ts'
import { missingForMapServer, startMapServer } from './mapserver.ts'
import { startPostgisTiles } from './postgis.ts'

/** The levels at which the map asks for buildings, and how many tiles of each. */
const zooms = [14, 15, 16]
const tilesEach = 12
const rounds = 5
const everything = { bbox: undefined, datetime: undefined }

/** Building tiles of the city: uncached against PostGIS and MapServer, and cached against a bare server. */
export async function measureBuildingTiles(
  address: string,
  city: Database,
  scratch: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  const tiles = await chooseTiles(city)
  const cached = await measureCachedAnswer(urlOf(address, tiles[0]!), scratch, {
    zh: '缓存的楼栋瓦片：每秒请求数与裸 node:http 发送同样字节之比',
    en: 'cached building tile: requests/s against a bare node:http server sending the same bytes',
  })
  return [
    ...(await againstPostgis(address, city, tiles, say)),
    ...(await againstMapServer(address, city, tiles, scratch, say)),
    cached,
  ]
}

async function againstPostgis(
  address: string,
  city: Database,
  tiles: readonly TileAddress[],
  say: (line: string) => void,
): Promise<Figure[]> {
  const postgis = await startPostgisTiles(city, say)
  if ('missing' in postgis) {
    say(`未比较 · Not compared with PostGIS: ${postgis.missing}`)
    return []
  }
  try {
    const times = await take({ ours: (tile) => ask(urlOf(address, tile)), PostGIS: postgis.once }, tiles)
    return [
      {
        claim: {
          zh: '未缓存的楼栋瓦片所需时间，与 PostGIS（ST_AsMVT，同样的楼栋，已投影并有空间索引）之比',
          en: 'time of an uncached building tile against PostGIS (ST_AsMVT over the same buildings, projected and indexed)',
        },
        value: ratioOf(times, 'PostGIS'),
        unit: ' ×',
        limit: { atMost: 1 },
        measured: { PostGIS: postgis.version, tiles: tiles.length, ...mediansOf(times) },
      },
    ]
  } finally {
    await postgis.stop()
  }
}

async function againstMapServer(
  address: string,
  city: Database,
  tiles: readonly TileAddress[],
  scratch: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  const missing = missingForMapServer()
  if (missing !== undefined) {
    say(`未比较 · Not compared with MapServer: ${missing}`)
    return []
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
    return [
      {
        claim: {
          zh: '未缓存的楼栋瓦片：与 MapServer（CGI，带索引的 Shapefile）的用时之比',
          en: 'uncached building tile: time against MapServer (CGI, indexed Shapefile)',
        },
        value: ratioOf(times, 'CGI'),
        unit: ' ×',
        limit: { atMost: 0.5 },
        measured: {
          MapServer: mapServer.version,
          tiles: tiles.length,
          ...mediansOf(times),
          ...(mapServer.cached === null ? {} : { 'against FastCGI': ratioOf(times, 'FastCGI').toFixed(2) }),
        },
      },
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
  // Uncompressed, as the others send theirs.
  const response = await fetch(url, { headers: { [name]: value, 'accept-encoding': 'identity' } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  await response.arrayBuffer()
}

/** Our time against another's: the median over the tiles. */
function ratioOf(times: Record<string, number[]>, other: string): number {
  return median(times['ours']!.map((own, i) => own / times[other]![i]!))
}

function mediansOf(times: Record<string, number[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(times).map(([way, list]) => [`${way}, ms`, median(list).toFixed(1)]))
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
