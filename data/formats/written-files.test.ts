import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { testFolder } from '../test-data.ts'
import { writeCsv } from './csv/write-csv.ts'
import { writeGeojson } from './geojson/write-geojson.ts'
import { writeGeopackage } from './geopackage/write-geopackage.ts'
import { writeGeoparquet } from './geoparquet/write-geoparquet.ts'
import { openFile } from './open-file.ts'
import { writeShapefile } from './shapefile/write-shapefile.ts'
import { allRows, inMemory, onDisk } from './test-bytes.ts'
import { writeXlsx } from './xlsx/write-xlsx.ts'
import type { WrittenFile, WrittenRow, WrittenTable } from './written-table.ts'

const folder = testFolder('written')
const source = { zh: '测试', en: 'test' }
const column = (zh: string, en: string, kind: WrittenTable['columns'][number]['kind'] = 'text') => ({
  label: { zh, en },
  kind,
  meaning: { zh: `${zh}的含义`, en: `meaning of ${en}` },
  source,
})
const columns = [
  column('发生时间', 'happened', 'time'),
  column('发生时间止', 'happened until', 'time'),
  column('标题', 'title'),
  column('涉及人数', 'people', 'integer'),
  { ...column('面积（平方米）', 'area', 'decimal'), unit: { zh: '平方米', en: 'm²' } },
]
const formula = '=HYPERLINK("http://example.invalid","点我")'
const ring = [
  [114, 30],
  [114.01, 30],
  [114.01, 30.01],
  [114, 30.01],
  [114, 30],
]
const row = (number: number, geometry: WrittenRow['geometry']): WrittenRow => ({
  id: `r${number}`,
  values: ['2026-03-01T00:00:00.000Z', null, number === 1 ? formula : `𠮷 <&> ${number}\u0001`, number, number / 4],
  geometry,
  properties: { number },
})
const point: WrittenRow['geometry'] = { type: 'Point', coordinates: [114.3, 30.6] }
const polygon: WrittenRow['geometry'] = { type: 'Polygon', coordinates: [ring] }

function tableOf(rows: readonly WrittenRow[], more: Partial<WrittenTable> = {}): WrittenTable {
  return {
    name: 'cases',
    title: { zh: '事件', en: 'Cases' },
    language: 'zh',
    datum: 'wgs84',
    shape: 'point',
    columns,
    style: { colour: '#b3261e' },
    rows: (async function* () {
      for (let at = 0; at < rows.length; at += 2) yield rows.slice(at, at + 2)
    })(),
    about: async (count) => [
      ['行数', String(count)],
      ['密级', '内部使用'],
    ],
    metadata: async (count) => ({ rows: count }),
    ...more,
  }
}

async function bytesOf(file: WrittenFile): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of file) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

async function readBack(name: string, file: WrittenFile, choices = {}) {
  const path = join(folder, name)
  writeFileSync(path, await bytesOf(file))
  const opened = await openFile(onDisk(path), choices)
  return { opened, rows: await allRows(opened) }
}

const rows = [row(1, point), row(2, null), row(3, point)]

describe('a written table is read back', () => {
  it('from CSV, with a mark, local times and no formula', async () => {
    const text = (await bytesOf(writeCsv(tableOf(rows)))).toString()
    expect(text).toMatch(/^\uFEFF发生时间,发生时间止,标题,涉及人数,面积（平方米）\r\n/)
    expect(text).toContain(`2026-03-01 08:00:00,,"'${formula.replaceAll('"', '""')}",1,0.25\r\n`)
    expect(text).toMatch(/# 行数：3\r\n# 密级：内部使用\r\n$/)
  })

  it('from GeoJSON, whose crs is named where it is not WGS84', async () => {
    const read = async (datum: WrittenTable['datum'], of = rows) =>
      JSON.parse((await bytesOf(writeGeojson(tableOf(of, { datum })))).toString()) as Record<string, unknown>
    expect(await read('wgs84')).toMatchObject({
      type: 'FeatureCollection',
      features: [{ id: 'r1', properties: { number: 1 } }, { geometry: null }, { geometry: point }],
      metadata: { rows: 3, crs: 'EPSG:4326' },
    })
    expect(await read('wgs84')).not.toHaveProperty('crs')
    expect(await read('cgcs2000')).toMatchObject({ crs: { properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } })
    expect(await read('gcj02', [])).toMatchObject({ features: [], metadata: { rows: 0, crs: 'GCJ-02' } })
  })

  it('from XLSX, with real times, a frozen heading and the columns explained', async () => {
    const bytes = await bytesOf(writeXlsx(tableOf(rows)))
    const opened = await openFile(inMemory('a.xlsx', bytes), { layer: '事件' })
    const cells = (await allRows(opened)).map((one) => one.cells)
    expect(opened.columns).toEqual(columns.map(({ label }) => label.zh))
    expect(opened.layers?.map(({ name }) => name)).toEqual(['事件', '列说明', '来源'])
    expect(cells[0]?.slice(2)).toEqual([formula, 1, 0.25])
    expect(String(cells[0]?.[0])).toContain('2026-03-01')
    expect(cells[1]?.[2]).toBe('𠮷 <&> 2')
    const path = join(folder, 'a.xlsx')
    writeFileSync(path, bytes)
    const sheet = execFileSync('unzip', ['-p', path, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' })
    expect(sheet).toContain('state="frozen"')
    expect(sheet).toContain(`<c r="A2" s="1"><v>${46_082 + 8 / 24}`.slice(0, 26))
    expect(sheet).toContain('<c r="C2" s="2" t="inlineStr">')
    const explained = await openFile(inMemory('a.xlsx', bytes), { layer: '列说明' })
    expect((await allRows(explained)).map((one) => one.cells).at(-1)).toEqual([
      '面积（平方米）',
      '面积（平方米）的含义',
      '小数',
      '平方米',
      '测试',
    ])
  })

  it('from a shapefile: Chinese names in ten bytes, and the two types apart', async () => {
    const { opened, rows: read } = await readBack('points.shp.zip', writeShapefile(tableOf(rows), folder))
    expect(opened).toMatchObject({
      format: 'shapefile',
      crs: 'wgs84',
      columns: ['发生时', '发生时2', '标题', '涉及人', '面积'],
    })
    expect(read.map(({ geometry }) => geometry)).toEqual([point, null, point])
    expect(read.map(({ cells }) => cells.slice(2))).toEqual([
      [formula, 1, 0.25],
      ['𠮷 <&> 2\u0001', 2, 0.5],
      ['𠮷 <&> 3\u0001', 3, 0.75],
    ])
    const mixed = tableOf([row(1, point), row(2, polygon)], { shape: 'mixed', datum: 'cgcs2000' })
    const areas = await readBack('mixed.shp.zip', writeShapefile(mixed, folder), { layer: 'cases' })
    expect(areas.opened).toMatchObject({ crs: 'cgcs2000' })
    expect(areas.rows).toHaveLength(1)
    expect(areas.rows[0]?.geometry).toMatchObject({ type: expect.stringMatching(/Polygon$/) as string })
  })

  it('from a GeoPackage with its style, its system and its explanation', async () => {
    const table = tableOf([row(1, polygon), row(2, polygon)], {
      shape: 'area',
      datum: 'cgcs2000',
      style: { colour: '#b3261e', classesOf: 3 },
    })
    const { opened, rows: read } = await readBack('areas.gpkg', writeGeopackage(table, folder), { layer: 'cases' })
    expect(opened).toMatchObject({ format: 'geopackage', crs: 'cgcs2000' })
    expect(read[0]?.cells.slice(1)).toEqual(['2026-03-01T00:00:00.000Z', null, formula, 1, 0.25])
    const database = new DatabaseSync(join(folder, 'areas.gpkg'), { readOnly: true })
    expect(database.prepare('select f_table_name, useAsDefault from layer_styles').get()).toMatchObject({
      f_table_name: 'cases',
      useAsDefault: 1,
    })
    expect(database.prepare('select count(*) as n from "列说明"').get()).toMatchObject({ n: columns.length })
    expect(database.prepare("select description from gpkg_contents where table_name = 'cases'").get()).toMatchObject({
      description: expect.stringContaining('内部使用') as string,
    })
    database.close()
  })

  it('from GeoParquet, with types and the metadata of the geometry', async () => {
    const bytes = await bytesOf(writeGeoparquet(tableOf(rows, { datum: 'gcj02' })))
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    const { key_value_metadata: keyValues = [] } = parquetMetadata(file)
    const geo = JSON.parse(keyValues.find(({ key }) => key === 'geo')?.value ?? '') as object
    expect(geo).toMatchObject({
      version: '1.1.0',
      primary_column: 'geometry',
      columns: {
        geometry: { encoding: 'WKB', geometry_types: ['Point'], bbox: [114.3, 30.6, 114.3, 30.6], crs: null },
      },
    })
    const read = await parquetReadObjects({ file })
    expect(read).toHaveLength(3)
    expect(read[0]).toMatchObject({
      发生时间: new Date('2026-03-01T00:00:00Z'),
      发生时间止: null,
      标题: formula,
      涉及人数: 1n,
      '面积（平方米）': 0.25,
      geometry: point,
    })
    expect(read[1]).toMatchObject({ geometry: null })
    const none = await bytesOf(writeGeoparquet(tableOf([])))
    const empty = none.buffer.slice(none.byteOffset, none.byteOffset + none.length) as ArrayBuffer
    expect(await parquetReadObjects({ file: empty })).toEqual([])
  })
})

it('a file that has to be on disk ends at its largest size, and leaves nothing', async () => {
  for (const write of [writeShapefile, writeGeopackage])
    await expect(bytesOf(write(tableOf(rows), folder, 500))).rejects.toMatchObject({ code: 'too_large' })
  expect(readdirSync(folder).filter((name) => /^(shapefile|geopackage)-/.test(name))).toEqual([])
})

it('whoever stops early ends the rows, and nothing is left on disk', async () => {
  for (const write of [writeXlsx, writeShapefile, writeGeopackage, writeGeoparquet, writeCsv, writeGeojson]) {
    let ended = false
    const table = tableOf([], {
      rows: (async function* () {
        try {
          for (let number = 0; number < 50_000; number++) yield [row(number, point)]
        } finally {
          ended = true
        }
      })(),
    })
    const file = write(table, folder)
    await file.next()
    await file.return()
    // The end of a stream inside an archive comes with the next turn.
    await expect.poll(() => [write.name, ended]).toEqual([write.name, true])
  }
  expect(readdirSync(folder).filter((name) => /^(shapefile|geopackage)-/.test(name))).toEqual([])
})
