import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportCollections, type ExportCollection, exportFormats } from '@minqing/data/domain/export'
import { exportDatums } from '@minqing/data/domain/datum'
import { toGcj02 } from '@minqing/data/geo/crs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import {
  centerOf,
  changed,
  communities,
  grids,
  insertAreas,
  insertBuilding,
  insertFacility,
  insertIncident,
} from './world.ts'

/** Debian's package is for the Python of the system. */
const python = '/usr/bin/python3'
const installed = spawnSync(python, ['-c', 'from osgeo import ogr']).status === 0
const hasQgis = spawnSync(python, ['-c', 'import qgis.core']).status === 0

let served: ServedApi
let directory: string
const rowsOf: Record<ExportCollection, number> = { incidents: 30, areas: 4, buildings: 5, facilities: 2 }

beforeAll(async () => {
  served = await serveApi()
  directory = mkdtempSync(join(tmpdir(), 'minqing-export-files-'))
  const { database } = served
  await insertAreas(database)
  for (let index = 1; index <= 5; index++) await insertBuilding(database, index, { name: `望澜${index}栋` })
  await database`update building set households = 20, built_year = 1998 where true`
  for (const id of ['F1', 'F2']) await insertFacility(database, id)
  for (let index = 0; index < rowsOf.incidents; index++)
    await insertIncident(database, {
      number: `E${String(index).padStart(3, '0')}`,
      title: index === 0 ? '=1+1 楼上“漏水”𠮷' : `事件${index}`,
      // One of them has no place.
      ...(index === 1 ? { position: null } : {}),
    })
  await changed(database, 'incidents', 'areas', 'buildings', 'facilities')
}, 60_000)
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await served.close()
})

async function fetched(name: string, query: string): Promise<string> {
  const response = await served.get(`/exports/${name}?lang=zh&${query}`)
  expect(response.status, name).toBe(200)
  const path = join(directory, `${query.replaceAll(/\W/g, '_')}-${name}`)
  writeFileSync(path, Buffer.from(await response.arrayBuffer()))
  return path
}

type Layer = {
  name: string
  count: number
  /** Its authority's number, and its definition; null where the file names no system. */
  code: string | null
  system: string | null
  geometryType: string
  types: Record<string, string>
  features: { properties: Record<string, unknown>; geometry: { type: string; coordinates: number[] } | null }[]
}

/** What GDAL finds in a file. */
const gdalScript = `
import json, sys
from osgeo import gdal, ogr
gdal.UseExceptions()
layers = []
source = gdal.OpenEx(sys.argv[1], gdal.OF_VECTOR)
for index in range(source.GetLayerCount()):
    layer = source.GetLayer(index)
    system = layer.GetSpatialRef()
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())]
    features = [json.loads(feature.ExportToJson()) for feature in layer]
    layers.append({'name': layer.GetName(), 'count': layer.GetFeatureCount(),
        'code': system and system.GetAuthorityCode(None), 'system': system and system.ExportToWkt(),
        'geometryType': ogr.GeometryTypeToName(layer.GetGeomType()),
        'types': {field.GetName(): field.GetTypeName() for field in fields}, 'features': features})
print(json.dumps(layers))
`

function layersOf(path: string): Layer[] {
  const source = path.endsWith('.zip') ? `/vsizip/${path}` : path
  const { stdout, stderr, status } = spawnSync(python, ['-c', gdalScript, source], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${path}: ${stderr}`)
  return JSON.parse(stdout) as Layer[]
}

/** A `.prj` has names and no codes; GeoJSON without a system is WGS84. */
const coded = { wgs84: '4326', cgcs2000: '4490', gcj02: null } as const
const systems = {
  geojson: { ...coded, gcj02: '4326' },
  gpkg: coded,
  'shp.zip': { wgs84: 'WGS 84', cgcs2000: 'China Geodetic Coordinate System 2000', gcj02: null },
} as const

function systemOf({ code, system }: Layer, format: keyof typeof systems): string | null {
  return format === 'shp.zip' ? (/^GEOGCS\["([^"]*)"/.exec(system ?? '')?.[1] ?? null) : code
}
const spatial = ['geojson', 'shp.zip', 'gpkg'] as const

describe.skipIf(!installed)(`GDAL opens exports${installed ? '' : ' (python3-gdal is not installed)'}`, () => {
  test.each(exportCollections.flatMap((one) => spatial.map((format) => [one, format] as const)))(
    '%s.%s: rows, system, encoding, types',
    async (collection, format) => {
      for (const datum of exportDatums) {
        const layers = layersOf(await fetched(`${collection}.${format}`, `crs=${datum}`))
        const layer = layers.find(({ name }) => name === collection) ?? layers[0]!
        expect(layer.count, datum).toBe(rowsOf[collection])
        expect(systemOf(layer, format), datum).toBe(systems[format][datum])
      }
    },
    60_000,
  )

  test('the columns of cases have their types and Chinese names', async () => {
    const [gpkg] = layersOf(await fetched('incidents.gpkg', 'crs=cgcs2000')).filter(({ name }) => name === 'incidents')
    expect(gpkg!.types).toMatchObject({
      事件编号: 'String',
      标题: 'String',
      涉及人数: 'Integer64',
      定位可信度: 'Real',
      上报时间: 'DateTime',
    })
    expect(gpkg!.features[0]?.properties).toMatchObject({
      事件编号: 'E000',
      标题: '=1+1 楼上“漏水”𠮷',
      渠道: '网格员上报',
    })
    expect(gpkg!.features[0]?.geometry?.coordinates).toEqual(centerOf(grids[0]!))
    expect(gpkg!.features[1]?.geometry).toBeNull()
    const [shapes] = layersOf(await fetched('incidents.shp.zip', 'crs=cgcs2000'))
    expect(Object.keys(shapes!.types)).toEqual(expect.arrayContaining(['事件编', '发生时', '发生时2', '上报时']))
    expect(shapes!.features[0]?.properties).toMatchObject({ 标题: '=1+1 楼上“漏水”𠮷', 上报时: '2026-03-01 08:00:00' })
    expect(gpkg!.geometryType).toBe('Point')
  })

  test('a file in GCJ-02 is shifted, and says so in its name', async () => {
    const response = await served.get('/exports/incidents.gpkg?crs=gcj02&lang=zh')
    expect(response.headers.get('content-disposition')).toContain('_GCJ-02_')
    await response.arrayBuffer()
    const layers = layersOf(await fetched('incidents.gpkg', 'crs=gcj02'))
    const shifted = layers.find(({ name }) => name === 'incidents')?.features[0]?.geometry?.coordinates ?? []
    const [lon, lat] = centerOf(grids[0]!)
    toGcj02(lon, lat).forEach((degrees, index) => expect(shifted[index]).toBeCloseTo(degrees, 6))
    expect(Math.abs(shifted[0]! - lon)).toBeGreaterThan(0.003)
  })

  test('an Excel workbook has dates, and a sheet that explains the columns', async () => {
    const layers = layersOf(await fetched('incidents.xlsx', 'crs=wgs84'))
    expect(layers.map(({ name, count }) => [name, count])).toEqual([
      ['事件', rowsOf.incidents],
      // GDAL takes the heading of a sheet of texts for a row.
      ['列说明', Object.keys(layers[0]!.types).length + 1],
      ['来源', expect.any(Number) as number],
    ])
    expect(layers[0]!.types).toMatchObject({ 上报时间: 'DateTime' })
    expect(layers[0]!.features[0]?.properties).toMatchObject({ 标题: '=1+1 楼上“漏水”𠮷' })
    const lines = layers[2]!.features.map(({ properties }) => Object.values(properties).join('='))
    expect(lines).toEqual(expect.arrayContaining(['使用范围=内部使用', `行数=${rowsOf.incidents}`]))
    expect(lines.some((line) => /^数据版本=.*incidents \d+/.test(line))).toBe(true)
  })

  test('CSV is read as UTF-8 with as many rows, in every collection', async () => {
    for (const collection of exportCollections) {
      const [layer] = layersOf(await fetched(`${collection}.csv`, `area=${communities[0]}`))
      const rows = layer!.features.filter(({ properties }) => !String(Object.values(properties)[0]).startsWith('# '))
      expect(rows.length, collection).toBe({ ...rowsOf, areas: 2 }[collection])
    }
  })
})

test('every format of every collection is answered with its own media type and a name', async () => {
  for (const collection of exportCollections)
    for (const format of exportFormats) {
      const response = await served.get(`/exports/${collection}.${format}?lang=en`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toMatch(
        new RegExp(`filename="${collection}_\\d{8}\\.${format}"`),
      )
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
    }
})

/** What QGIS makes of the layer: whether it opens, in which system, and how it is drawn with the style in the file. */
const script = `
import json, os, sys
from qgis.core import QgsApplication, QgsVectorLayer
QgsApplication.setPrefixPath('/usr', True)
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(sys.argv[1] + '|layername=' + sys.argv[2], sys.argv[2], 'ogr')
renderer = layer.renderer()
found = {'valid': layer.isValid(), 'count': layer.featureCount(), 'crs': layer.crs().authid(), 'type': renderer.type()}
if renderer.type() == 'graduatedSymbol':
    found['attribute'] = renderer.classAttribute()
    found['classes'] = len(renderer.ranges())
else:
    found['colour'] = renderer.symbol().color().name()
print('FOUND ' + json.dumps(found), flush=True)
os._exit(0)
`

describe.skipIf(!hasQgis)(`QGIS opens a GeoPackage${hasQgis ? '' : ' (python3-qgis is not installed)'}`, () => {
  test('with its style: cases by one symbol, areas in classes of their counts', async () => {
    const file = join(directory, 'look.py')
    writeFileSync(file, script)
    const look = (path: string, layer: string) => {
      const { stdout, stderr } = spawnSync(python, [file, path, layer], {
        encoding: 'utf8',
        env: { ...process.env, HOME: directory, XDG_RUNTIME_DIR: directory, QT_QPA_PLATFORM: 'offscreen' },
      })
      const found = /^FOUND (.*)$/m.exec(stdout)?.[1]
      if (found === undefined) throw new Error(stdout + stderr)
      return JSON.parse(found) as Record<string, unknown>
    }
    expect(look(await fetched('incidents.gpkg', 'crs=cgcs2000'), 'incidents')).toEqual({
      valid: true,
      count: rowsOf.incidents,
      crs: 'EPSG:4490',
      type: 'singleSymbol',
      colour: '#b3261e',
    })
    expect(look(await fetched('areas.gpkg', 'crs=wgs84'), 'areas')).toMatchObject({
      valid: true,
      count: rowsOf.areas,
      crs: 'EPSG:4326',
      type: 'graduatedSymbol',
      attribute: '"事件数"',
    })
  }, 60_000)
})
