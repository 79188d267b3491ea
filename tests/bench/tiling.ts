import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileReader, readerLimits } from '../../server/imports/read/file-reader.ts'
import type { Checked } from '../../server/imports/read/messages.ts'
import type { Figure } from './figure.ts'

const street = '420102012'
const [grids, corners] = [12_000, 100]
const overlapping = [2_500, 5_000] as const

/**
 * A district of grids through the process that reads files, under its limits: read, checked, and compared with each
 * other for overlaps and gaps; and grids that all lie on each other, whose pairs are many more than can be listed.
 */
export async function measureTiling(scratch: string): Promise<Figure[]> {
  const district = join(scratch, 'grids.geojson')
  await write(district, districtOf(120, grids / 120))
  const whole = await read(district)
  const [few, many] = [await overlappingGrids(scratch, overlapping[0]), await overlappingGrids(scratch, overlapping[1])]
  return [
    {
      claim: {
        zh: `读取并检查 12,000 个网格（各 ${corners} 个顶点）是否重叠、留空所需时间`,
        en: `reading 12,000 grids of ${corners} corners and comparing them for overlaps and gaps`,
      },
      value: whole.seconds,
      unit: ' s',
      limit: { atMost: 30 },
      measured: { found: whole.label, 'file, grids': grids },
    },
    {
      claim: {
        zh: `同上，读文件进程的最大内存（上限 ${readerLimits.memory} MB）`,
        en: `the same: most memory of the reading process (its limit is ${readerLimits.memory} MB)`,
      },
      value: whole.megabytes,
      unit: ' MB',
      limit: { atMost: Math.floor(0.9 * readerLimits.memory) },
      measured: { 'limit, MB': readerLimits.memory },
    },
    {
      claim: {
        zh: '5,000 个相互重叠的网格所需时间，与 2,500 个之比',
        en: 'time for 5,000 grids that all lie on each other against 2,500',
      },
      value: many.seconds / few.seconds,
      unit: ' ×',
      limit: { atMost: 2.5 },
      measured: { '5,000, s': many.seconds, '2,500, s': few.seconds, found: many.label },
    },
  ]
}

type Run = { seconds: number; megabytes: number; label: string }

async function read(path: string): Promise<Run> {
  const file = { path, name: 'grids.geojson' }
  const reader = new FileReader(file)
  const begun = performance.now()
  try {
    await reader.order({ kind: 'check', file, request: { collection: 'grids', street, crs: 'wgs84' } })
    await reader.order({ kind: 'begin' })
    for (;;) {
      const said = await reader.next()
      if (said.kind === 'rejected') throw new Error(`a grid was rejected: ${JSON.stringify(said)}`)
      if (said.kind !== 'checked') continue
      const seconds = (performance.now() - begun) / 1000
      const { tiling }: Checked = said.checked
      return { seconds, megabytes: reader.peak / 1024 ** 2, label: tiling?.label.en ?? 'they fit' }
    }
  } finally {
    await reader.close()
  }
}

/** A field of grids whose borders wind, each drawn with the same corners from both sides; one grid in 500 is missing. */
function* districtOf(columns: number, rows: number): Generator<object> {
  const steps = corners / 4
  const node = (column: number, row: number) => [114 + column * 0.002, 30 + row * 0.002] as const
  const along = (from: readonly [number, number], to: readonly [number, number], step: number) => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
    // From the lower end to the higher one, so that both sides have the same bends.
    const wind = 0.00012 * Math.sin((step / steps) * 4 * Math.PI)
    return [from[0] + (dx * step) / steps + wind * Math.sign(dy), from[1] + (dy * step) / steps + wind * Math.sign(dx)]
  }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const number = row * columns + column
      if (number % 500 === 250) continue
      const [sw, se] = [node(column, row), node(column + 1, row)]
      const [nw, ne] = [node(column, row + 1), node(column + 1, row + 1)]
      const edge = (from: readonly [number, number], to: readonly [number, number], isBack: boolean) =>
        Array.from({ length: steps }, (_, i) => along(from, to, isBack ? steps - i : i))
      const ring = [...edge(sw, se, false), ...edge(se, ne, false), ...edge(nw, ne, true), ...edge(sw, nw, true)]
      const community = String(Math.floor(number / 900) + 1).padStart(3, '0')
      const code = `${street}${community}${String((number % 900) + 1).padStart(3, '0')}`
      yield feature(code, [...ring, ring[0] ?? []])
    }
}

async function overlappingGrids(scratch: string, count: number): Promise<Run> {
  const path = join(scratch, `overlapping-${count}.geojson`)
  await write(
    path,
    Array.from({ length: count }, (_, i) => {
      const [west, south] = [114 + i / 1e7, 30 + i / 1.3e7]
      const [east, north] = [west + 0.01, south + 0.01]
      const community = String(Math.floor(i / 900) + 1).padStart(3, '0')
      const code = `${street}${community}${String((i % 900) + 1).padStart(3, '0')}`
      return feature(code, [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ])
    }),
  )
  return read(path)
}

function feature(code: string, ring: readonly (readonly number[])[]): object {
  const coordinates = [ring.map((corner) => corner.map((value) => Number(value.toFixed(7))))]
  return { type: 'Feature', properties: { 网格编码: code }, geometry: { type: 'Polygon', coordinates } }
}

async function write(path: string, features: Iterable<object>): Promise<void> {
  async function* text() {
    let before = '{"type":"FeatureCollection","features":['
    for (const one of features) {
      yield `${before}${JSON.stringify(one)}`
      before = ',\n'
    }
    yield ']}'
  }
  await pipeline(Readable.from(text()), createWriteStream(path))
}
