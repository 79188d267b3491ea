import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { TileAddress } from '@minqing/data/geo/mercator'

const fields = ['code', 'name', 'height', 'floors', 'use', 'builtYear']

/** MapServer with the buildings, by the two ways in which it is run. */
export type MapServer = {
  version: string
  /** A process for each request, as CGI, without any web server before it. */
  once: (tile: TileAddress) => Promise<Buffer>
  /** A process that stays, as FastCGI behind lighttpd; null where that is not installed. */
  cached: ((tile: TileAddress) => Promise<Buffer>) | null
  stop: () => void
}

/** Why MapServer cannot be measured here, if so. */
export function missingForMapServer(): string | undefined {
  const programs = { mapserv: ['-v'], shptree: [], ogr2ogr: ['--version'] }
  const missing = Object.entries(programs).filter(([name, args]) => spawnSync(name, args).error !== undefined)
  if (missing.length === 0) return undefined
  return `${missing.map(([name]) => name).join(', ')}: apt-get install cgi-mapserver mapserver-bin gdal-bin`
}

/**
 * Prepares MapServer over a Shapefile with a spatial index, the fastest source that it has, and answers Mapbox vector
 * tiles with the same fields as ours.
 *
 * @param buildings GeoJSON with a feature each
 */
export async function startMapServer(buildings: string, scratch: string): Promise<MapServer> {
  const shapefile = join(scratch, 'buildings.shp')
  const options = ['-f', 'ESRI Shapefile', '-select', fields.join(','), '-lco', 'ENCODING=UTF-8']
  execFileSync('ogr2ogr', [...options, shapefile, buildings], { stdio: 'ignore' })
  execFileSync('shptree', [shapefile], { stdio: 'ignore' })
  const map = join(scratch, 'buildings.map')
  const config = join(scratch, 'mapserver.conf')
  writeFileSync(map, mapOf(scratch))
  writeFileSync(config, 'CONFIG\n  ENV\n    MS_MAP_PATTERN "^/"\n  END\nEND\n')
  const query = ({ z, x, y }: TileAddress) =>
    `map=${map}&mode=tile&tilemode=gmap&tile=${x}+${y}+${z}&layers=buildings&map.imagetype=mvt`
  const environment = { ...process.env, MAPSERVER_CONFIG_FILE: config }
  const web = await startLighttpd(scratch, config)
  return {
    version: execFileSync('mapserv', ['-v'], { encoding: 'utf8' }).split(' ').slice(0, 3).join(' '),
    once: (tile) => runOnce(query(tile), environment),
    cached: web === null ? null : async (tile) => answerOf(`${web.address}/mapserv?${query(tile)}`),
    stop: () => web?.stop(),
  }
}

function mapOf(folder: string): string {
  return `MAP
  NAME "bench"
  EXTENT -180 -85 180 85
  UNITS DD
  SIZE 256 256
  SHAPEPATH "${folder}"
  PROJECTION "init=epsg:4326" END
  OUTPUTFORMAT
    NAME "mvt"
    DRIVER "MVT"
    FORMATOPTION "EXTENT=4096"
    FORMATOPTION "EDGE_BUFFER=64"
  END
  LAYER
    NAME "buildings"
    TYPE POLYGON
    STATUS ON
    DATA "buildings"
    PROJECTION "init=epsg:4326" END
    METADATA "gml_include_items" "${fields.join(',')}" END
    CLASS END
  END
END
`
}

/** The body that a CGI process writes after its header. */
function runOnce(query: string, environment: NodeJS.ProcessEnv): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('mapserv', [], {
      env: { ...environment, REQUEST_METHOD: 'GET', QUERY_STRING: query },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', () => {
      const out = Buffer.concat(chunks)
      const end = out.indexOf('\r\n\r\n')
      const head = out.subarray(0, end).toString()
      if (head.includes('vector-tile')) resolve(out.subarray(end + 4))
      else reject(new Error(`mapserv: ${out.subarray(0, 500).toString()}`))
    })
  })
}

async function answerOf(url: string): Promise<Buffer> {
  const response = await fetch(url)
  if (!response.headers.get('content-type')?.includes('vector-tile'))
    throw new Error(`${url}: ${await response.text()}`)
  return Buffer.from(await response.arrayBuffer())
}

async function startLighttpd(scratch: string, config: string): Promise<{ address: string; stop: () => void } | null> {
  if (spawnSync('lighttpd', ['-v']).error !== undefined) return null
  const port = await sparePort()
  const file = join(scratch, 'lighttpd.conf')
  const socket = join(scratch, 'mapserv.socket')
  writeFileSync(
    file,
    `server.document-root = "${scratch}"
server.bind = "127.0.0.1"
server.port = ${port}
server.modules = ("mod_fastcgi")
fastcgi.server = ("/mapserv" => ((
  "bin-path" => "${execFileSync('which', ['mapserv'], { encoding: 'utf8' }).trim()}",
  "socket" => "${socket}", "check-local" => "disable", "max-procs" => 1,
  "bin-environment" => ("MAPSERVER_CONFIG_FILE" => "${config}"))))
`,
  )
  const child = spawn('lighttpd', ['-D', '-f', file], { stdio: 'ignore' })
  await delay(1000)
  const stop = () => {
    child.kill()
    rmSync(socket, { force: true })
  }
  return { address: `http://127.0.0.1:${port}`, stop }
}

function sparePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
