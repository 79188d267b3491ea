import { brotliCompressSync, constants } from 'node:zlib'
import { encodeColumns } from '../../server/incidents/columns.ts'
import { decodeColumns } from '../../web/api/decode-columns.ts'
import { median, type Figure } from './figure.ts'
import { type GeneratedIncidents, generateIncidents } from './generate-incidents.ts'

const rows = 1_000_000
const rounds = 5

/**
 * A million incidents as the columns that the map page fetches, against the same fields of the same incidents as
 * GeoJSON: bytes as they travel (both compressed as the server compresses), and the time from bytes to typed arrays.
 */
export function measureColumns(): Figure[] {
  const cases = generateIncidents(rows, 7)
  const columns = encodeColumns({ ...cases, grid: cases.grids, street: cases.streets, number: cases.numbers })
  const geojson = Buffer.from(asGeoJson(cases))
  const bytes = { columns: columns.length, geojson: geojson.length }
  const travelling = { columns: compressed(columns), geojson: compressed(geojson) }
  const decoding = median(Array.from({ length: rounds }, () => timed(() => decodeColumns(columns))))
  const parsing = median(Array.from({ length: rounds }, () => timed(() => arraysOf(geojson))))
  const measured = { rows, ...named('bytes', bytes), ...named('compressed bytes', travelling) }
  return [
    {
      claim: {
        zh: '100 万件按列传输的字节，与 GeoJSON 之比（未压缩）',
        en: '1,000,000 incidents as columns: bytes against GeoJSON (uncompressed)',
      },
      value: bytes.columns / bytes.geojson,
      unit: ' ×',
      limit: { atMost: 0.125 },
      measured,
    },
    {
      claim: {
        zh: '100 万件从字节到可用数组：按列与 GeoJSON 的用时之比',
        en: '1,000,000 incidents from bytes to usable arrays: time of columns against GeoJSON',
      },
      value: decoding / parsing,
      unit: ' ×',
      limit: { atMost: 0.125 },
      measured: { rows, 'columns ms': Math.round(decoding), 'GeoJSON ms': Math.round(parsing) },
    },
  ]
}

function named(what: string, { columns, geojson }: { columns: number; geojson: number }): Record<string, number> {
  return { [`columns ${what}`]: columns, [`GeoJSON ${what}`]: geojson }
}

function compressed(bytes: Uint8Array): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length
}

function timed(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** The fields that the columns carry, named as the API names them, each incident a feature with its id. */
function asGeoJson(cases: GeneratedIncidents): string {
  const features: string[] = []
  for (let i = 0; i < cases.x.length; i++) {
    const properties = {
      number: cases.numbers[i],
      streetCode: cases.streets[i],
      gridCode: cases.grids[i],
      type: cases.codes.type[cases.type[i]!],
      channel: cases.codes.channel[cases.channel[i]!],
      status: cases.codes.status[cases.status[i]!],
      risk: cases.codes.risk[cases.risk[i]!],
      reportedAt: new Date(cases.reported[i]! * 1000).toISOString(),
      dueAt: new Date(cases.due[i]! * 1000).toISOString(),
    }
    const geometry = { type: 'Point', coordinates: [cases.x[i]! / 1e7, cases.y[i]! / 1e7] }
    const id = `${properties.streetCode}-${properties.number}`
    features.push(JSON.stringify({ type: 'Feature', id, geometry, properties }))
  }
  return `{"type":"FeatureCollection","features":[${features.join(',')}]}`
}

type Feature = { geometry: { coordinates: [number, number] }; properties: Record<string, string> }

/** What a page must do with GeoJSON before it can filter and draw: the same arrays, from objects. */
function arraysOf(bytes: Buffer): unknown {
  const { features } = JSON.parse(bytes.toString()) as { features: Feature[] }
  const length = features.length
  const arrays = {
    x: new Int32Array(length),
    y: new Int32Array(length),
    reported: new Uint32Array(length),
    due: new Uint32Array(length),
    type: new Uint8Array(length),
    channel: new Uint8Array(length),
    status: new Uint8Array(length),
    risk: new Uint8Array(length),
  }
  const places = Object.fromEntries(
    ['type', 'channel', 'status', 'risk'].map((name) => [name, new Map<string, number>()]),
  )
  for (const [i, { geometry, properties }] of features.entries()) {
    arrays.x[i] = Math.round(geometry.coordinates[0] * 1e7)
    arrays.y[i] = Math.round(geometry.coordinates[1] * 1e7)
    arrays.reported[i] = Date.parse(properties['reportedAt']!) / 1000
    arrays.due[i] = Date.parse(properties['dueAt']!) / 1000
    for (const name of ['type', 'channel', 'status', 'risk'] as const) {
      const known = places[name]!
      const code = properties[name]!
      let place = known.get(code)
      if (place === undefined) known.set(code, (place = known.size))
      arrays[name][i] = place
    }
  }
  return arrays
}
