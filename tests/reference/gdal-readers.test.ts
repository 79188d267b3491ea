import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openFile } from '@minqing/data/formats/open-file'
import { testData, testFolder } from '@minqing/data/test-data'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import type { Feature, Geometry } from 'geojson'
import { describe, expect, test } from 'vitest'

// What our readers find in geodata is what GDAL's find: the same features, places and values.

const installed = spawnSync('ogr2ogr', ['--version'], { timeout: 20_000 }).status === 0
const folder = testFolder('ogr')

function ogr2ogr(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('ogr2ogr', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(`ogr2ogr ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** A feature as both sides give it: its values in order of their names, and its places. */
type Described = { values: Record<string, string>; kind: string; rings: number; places: string[] }

function describeFeature(values: Record<string, unknown>, geometry: Geometry | null | undefined): Described {
  const places: string[] = []
  let rings = 0
  const walk = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return
    const [x, y] = coordinates as unknown[]
    if (typeof x === 'number' && typeof y === 'number') places.push(`${x.toFixed(9)} ${y.toFixed(9)}`)
    else {
      if (typeof (coordinates as number[][])[0]?.[0] === 'number') rings++
      for (const inner of coordinates) walk(inner)
    }
  }
  if (geometry != null && 'coordinates' in geometry) walk(geometry.coordinates)
  const shown = Object.entries(values).flatMap(([name, value]) => {
    const text = plain(value)
    return text === '' ? [] : [[name.toUpperCase(), text] as const]
  })
  return {
    values: Object.fromEntries(shown.toSorted(([left], [right]) => (left < right ? -1 : 1))),
    kind: (geometry?.type ?? '').replace('Multi', ''),
    rings,
    // A ring may begin at any of its corners and run either way.
    places: [...new Set(places)].toSorted(),
  }
}

/** `7`, `7.0` and `7.00` are one number; `2024/05/01` and `2024-05-01` one day. */
function plain(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : value == null ? '' : JSON.stringify(value)
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return String(Number(text))
  return text.replace(/^(\d{4})\/(\d\d)\/(\d\d)$/, '$1-$2-$3')
}

async function ours(path: string, layer?: string): Promise<Described[]> {
  const source = await openFile(onDisk(path), { layer })
  const rows = await allRows(source)
  return rows.map(({ cells, geometry }) =>
    describeFeature(
      Object.fromEntries(source.columns.map((column, index) => [column, cells[index]])),
      geometry as Geometry,
    ),
  )
}

function gdals(path: string): Described[] {
  return ogr2ogr('-f', 'GeoJSONSeq', '-lco', 'COORDINATE_PRECISION=15', '/vsistdout/', path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line.replace('\u001e', '')) as Feature)
    .map(({ properties, geometry }) => describeFeature(properties ?? {}, geometry))
}

const ring = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side / 3],
  [west, south + side],
  [west, south],
]
const shapes: Record<string, Geometry[]> = {
  point: [
    { type: 'Point', coordinates: [114.305123456, 30.605] },
    { type: 'Point', coordinates: [-73.9857, 40.7484] },
    { type: 'Point', coordinates: [0.000000001, -89.999] },
  ],
  line: [
    {
      type: 'LineString',
      coordinates: [
        [114.1, 30.1],
        [114.2, 30.3],
        [114.15, 30.35],
      ],
    },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [114.1, 30.1],
          [114.2, 30.2],
        ],
        [
          [115, 31],
          [115.5, 31.25],
          [116, 31],
        ],
      ],
    },
    {
      type: 'LineString',
      coordinates: [
        [1e-7, 2e-7],
        [3, 4],
      ],
    },
  ],
  polygon: [
    { type: 'Polygon', coordinates: [ring(114, 30, 0.5)] },
    { type: 'Polygon', coordinates: [ring(114, 30, 0.5), ring(114.05, 30.05, 0.02).toReversed()] },
    {
      type: 'MultiPolygon',
      coordinates: [[ring(114, 30, 0.1), ring(114.01, 30.01, 0.02).toReversed()], [ring(115, 31, 0.2)]],
    },
  ],
}
const values = [
  { NAME: '丹水池街道“一”网格', COUNT: 12, SHARE: 0.125, DAY: '2024-05-01', CODE: '042010201200100' },
  { NAME: "<&> 'quoted', comma", COUNT: -3, SHARE: 1234567.875, DAY: '2024-12-31', CODE: '000000000000001' },
  { NAME: null, COUNT: null, SHARE: null, DAY: null, CODE: null },
]

function geojson(name: string): string {
  const path = join(folder, `${name}.geojson`)
  const features = (shapes[name] ?? []).map((geometry, index) => ({
    type: 'Feature',
    properties: values[index],
    geometry,
  }))
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
  return path
}

describe.skipIf(!installed)(`as GDAL reads it${installed ? '' : ' (gdal-bin is not installed)'}`, () => {
  describe.each(Object.keys(shapes))('%s', (name) => {
    test.each([
      ['a Shapefile in UTF-8', 'ESRI Shapefile', 'shp', ['-lco', 'ENCODING=UTF-8']],
      ['a Shapefile in GBK', 'ESRI Shapefile', 'shp', ['-lco', 'ENCODING=GBK']],
      ['a GeoPackage', 'GPKG', 'gpkg', []],
      ['KML', 'KML', 'kml', []],
    ])('%s', async (what, driver, extension, options) => {
      const own = join(folder, `${name}-${what.replaceAll(' ', '-')}`)
      mkdirSync(own)
      const path = join(own, `${name}.${extension}`)
      ogr2ogr('-f', driver, ...options, path, geojson(name))
      const [read, theirs] = [await ours(path), gdals(path)]
      expect(theirs).toHaveLength(3)
      expect(read.map(withoutOwn)).toEqual(theirs.map(withoutOwn))
      expect(read[0]?.values['NAME']).toContain('丹水池街道')
    })
  })

  test.each(['stats/columbus/columbus.shp', 'stats/sids2/sids2.shp'])('%s (needs shared/data)', async (path) => {
    const file = testData(path)
    if (file === null) return
    const read = await ours(file)
    expect(read.length).toBeGreaterThan(40)
    expect(read.map(({ values: own, ...rest }) => ({ ...rest, names: Object.keys(own) }))).toEqual(
      gdals(file).map(({ values: own, ...rest }) => ({ ...rest, names: Object.keys(own) })),
    )
  })

  test('the layers of a GeoPackage of several', async () => {
    const path = join(folder, 'several.gpkg')
    for (const name of Object.keys(shapes))
      ogr2ogr('-f', 'GPKG', '-update', '-append', '-nln', name, path, geojson(name))
    for (const name of Object.keys(shapes)) {
      // One file.
      const read = await ours(path, name)
      const theirs = ogr2ogr('-f', 'GeoJSONSeq', '/vsistdout/', path, name).trim().split('\n')
      expect([basename(dirname(path)), read.length]).toEqual([basename(folder), theirs.length])
    }
  })
})

/** Columns that a reader adds by itself: a feature id, KML's drawing order and its own forms of a name. */
function withoutOwn({ values: own, ...rest }: Described): Described {
  const ownValues = Object.entries(own).filter(([name]) => ['NAME', 'COUNT', 'SHARE', 'DAY', 'CODE'].includes(name))
  return { ...rest, values: Object.fromEntries(ownValues) }
}
