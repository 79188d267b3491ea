import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { openFile } from '../open-file.ts'
import { testData } from '../../test-data.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'
import { dbf, folderOf, gbk, shp, type TestShape } from './test-shapefile.ts'
import { zip } from '../archive/test-zip.ts'

const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west, south + size],
  [west + size, south + size],
  [west + size, south],
  [west, south],
]
const prj =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
const fields = [
  { name: gbk('网格编码'), type: 'C', length: 15 },
  { name: gbk('网格名称'), type: 'C', length: 20 },
  { name: gbk('户数'), type: 'N', length: 9 },
]
const rows = [
  [gbk('420102012001001'), gbk('胜利街第一网格'), '      312'],
  [gbk('420102012001002'), gbk('胜利街第二网格'), '*********'],
]
const shapes: TestShape[] = [
  { type: 5, parts: [square(114.2, 30.5, 0.01), square(114.202, 30.502, 0.002).toReversed()] },
  { type: 15, parts: [square(114.3, 30.5, 0.01), square(114.4, 30.5, 0.01)] },
]
const files = { 'grids.shp': shp(shapes), 'grids.dbf': dbf(fields, rows), 'grids.prj': prj, 'grids.cpg': 'GBK' }
const read = async (bytes: ReturnType<typeof inMemory>, choices = {}) => {
  const source = await openFile(bytes, choices)
  return { source, rows: await allRows(source) }
}

describe('readShapefile', () => {
  it('reads shapes and table side by side, loose and zipped, in GBK', async () => {
    const archive = zip(...Object.entries(files).map(([name, content]) => ({ name: `数据/${name}`, content })))
    for (const bytes of [folderOf(files), inMemory('grids.zip', archive)]) {
      const { source, rows } = await read(bytes)
      expect(source).toMatchObject({
        format: 'shapefile',
        columns: ['网格编码', '网格名称', '户数'],
        crs: 'wgs84',
        questions: [],
      })
      expect(rows.map(({ cells }) => cells)).toEqual([
        ['420102012001001', '胜利街第一网格', 312],
        ['420102012001002', '胜利街第二网格', null],
      ])
      expect(rows[0]?.geometry).toMatchObject({
        type: 'Polygon',
        coordinates: [square(114.2, 30.5, 0.01).toReversed(), square(114.202, 30.502, 0.002)],
      })
      expect(rows[1]?.geometry).toMatchObject({ type: 'MultiPolygon' })
      expect(source.notes.map(({ en }) => en)).toEqual([
        '1 shapes with heights (Z) or measures (M), which were left out',
      ])
    }
  })

  it('reads names that were cut in the middle of a character to keep two apart', async () => {
    const cut = (text: string, bytes: number) => Buffer.from(text).subarray(0, bytes)
    const named = [
      { name: cut('发生时间段', 10), type: 'C', length: 20 },
      { name: Buffer.concat([cut('发生时间', 8), Buffer.from('_1')]), type: 'C', length: 20 },
    ]
    const table = dbf(named, [[Buffer.from('上午'), Buffer.from('2024-05-01')]])
    const { source } = await read(folderOf({ 'a.shp': shp([null]), 'a.dbf': table, 'a.prj': prj, 'a.cpg': 'UTF-8' }))
    expect(source.columns).toEqual(['发生时', '发生_1'])
  })

  it('takes metres with the northing first for the system that they prove', async () => {
    const box = [3_387_000, 38_529_200, 3_387_100, 38_529_300]
    const turned = shp([{ point: [3_387_050, 38_529_250] }], box)
    const { source } = await read(folderOf({ 'a.shp': turned, 'a.dbf': dbf(fields, rows.slice(0, 1)) }))
    expect([source.crs, source.questions]).toEqual(['EPSG:4526', []])
  })

  it('finds the encoding without a .cpg, by the language driver or by the bytes, and corrects a wrong .cpg', async () => {
    const names = async (parts: Record<string, string | Uint8Array>) => {
      const { source } = await read(folderOf({ ...files, ...parts }))
      return [source.columns[0], source.notes[0]?.en ?? null]
    }
    const { 'grids.cpg': _, ...bare } = files
    expect((await read(folderOf(bare))).source.notes[0]?.en).toBe("There is no .cpg; the table's bytes prove GBK")
    expect(await names({ 'grids.dbf': dbf(fields, rows, 0x4d), 'grids.cpg': '' })).toEqual([
      '网格编码',
      expect.stringContaining('shapes'),
    ])
    expect(await names({ 'grids.cpg': 'UTF-8' })).toEqual([
      '网格编码',
      expect.stringContaining('The .cpg or header says utf-8'),
    ])
    const utf8 = dbf([{ name: '网格名', type: 'C', length: 10 }], [['第一网格'], ['第二']])
    expect(await names({ 'grids.dbf': utf8, 'grids.cpg': '936' })).toEqual([
      '网格名',
      expect.stringContaining('bytes are UTF-8'),
    ])
    expect((await read(folderOf({ ...files, 'grids.dbf': utf8, 'grids.cpg': 'utf-8' }))).rows[0]?.cells).toEqual([
      '第一网',
    ])
    const big5 = dbf([{ name: 'x', type: 'C', length: 10 }], [[Buffer.from('a4f4c2ea', 'hex')], ['']])
    await expect(names({ 'grids.dbf': big5, 'grids.cpg': '' })).rejects.toThrow('--encoding')
  })

  it('asks for the system without a .prj, unless the coordinates prove it', async () => {
    const { 'grids.prj': _, ...bare } = files
    const { source } = await read(folderOf(bare))
    expect(source.crs).toBeNull()
    expect(source.questions).toMatchObject([
      { about: 'crs', label: { zh: expect.stringContaining('没有 .prj 文件。坐标是经纬度') } },
    ])
    const metres = shp(shapes, [38_525_898, 3_384_441, 38_529_735, 3_385_560])
    const proven = await read(folderOf({ ...bare, 'grids.shp': metres }))
    expect(proven.source).toMatchObject({ crs: 'EPSG:4526', questions: [] })
    const unnumbered = await read(
      folderOf({ ...bare, 'grids.shp': shp(shapes, [525_898, 3_384_441, 529_735, 3_385_560]) }),
    )
    expect(unnumbered.source.questions?.[0]?.label.zh).toMatch('中央经线')
    const xian = await read(folderOf({ ...files, 'grids.prj': prj.replace('D_WGS_1984', 'D_Xian_1980') }))
    expect(xian.source.questions?.[0]?.label.zh).toMatch('没有公开的转换参数')
  })

  it('asks which layer of several, and knows them by name', async () => {
    const second = {
      'a/栋.shp': shp([{ point: [114.2, 30.5] }]),
      'a/栋.dbf': dbf([{ name: 'n', type: 'N', length: 3 }], [['7']]),
      'a/栋.prj': prj,
    }
    const archive = inMemory(
      'two.zip',
      zip(...Object.entries({ ...files, ...second }).map(([name, content]) => ({ name, content }))),
    )
    const { source } = await read(archive)
    expect(source.questions?.map(({ about }) => about)).toEqual(['layer'])
    expect(source.layers?.map(({ name }) => name)).toEqual(['grids', '栋'])
    const { rows } = await read(archive, { layer: '栋' })
    expect(rows).toMatchObject([{ cells: [7], geometry: { type: 'Point', coordinates: [114.2, 30.5] } }])
    await expect(read(archive, { layer: '没有' })).rejects.toThrow('没有图层“没有”')
  })

  it('distinguishes layers of the same name by their folders', async () => {
    const folder = (path: string) =>
      Object.entries(files).map(([name, content]) => ({ name: `${path}/${name}`, content }))
    const archive = zip(...folder('2024'), ...folder('2025'))
    const { source } = await read(inMemory('a.zip', archive), { layer: '2025/grids' })
    expect(source.layers?.map(({ name }) => name)).toEqual(['2024/grids', '2025/grids'])
  })

  it('passes over null shapes and deleted records, keeping the pairs together', async () => {
    const table = dbf(fields, [...rows, ...rows])
    table[table.length - 45 * 3] = 0x2a
    const { source, rows: read3 } = await read(
      folderOf({ ...files, 'grids.dbf': table, 'grids.shp': shp([null, ...shapes, null]) }),
    )
    expect(read3.map(({ ordinal, geometry }) => [ordinal, geometry === null])).toEqual([
      [1, true],
      [3, false],
      [4, true],
    ])
    expect(source.notes.map(({ zh }) => zh)).toContain('1 条记录在属性表里已标为删除，跳过')
    expect(source.notes.map(({ zh }) => zh)).toContain('2 条记录没有图形')
  })

  it('says of one broken shape what it is, and reads on', async () => {
    const broken = shp(shapes)
    broken.writeInt32LE(77, 100 + 8 + 36)
    const { rows } = await read(folderOf({ ...files, 'grids.shp': broken }))
    expect(rows.map(({ fault }) => fault?.zh ?? null)).toEqual([expect.stringContaining('图形记录已损坏'), null])
  })

  it.each([
    ['no table', { 'grids.shp': files['grids.shp'] }, /缺少属性表/],
    ['shapes cut off', { ...files, 'grids.shp': files['grids.shp'].subarray(0, 300) }, /“grids.shp”不完整/],
    ['a table cut off', { ...files, 'grids.dbf': files['grids.dbf'].subarray(0, 200) }, /“grids.dbf”不完整/],
    ['fewer shapes than records', { ...files, 'grids.shp': shp(shapes.slice(1)) }, /只有 1 个图形/],
    ['more shapes than records', { ...files, 'grids.shp': shp([...shapes, ...shapes]) }, /两个文件不是一套/],
    [
      'a record of impossible length',
      {
        ...files,
        'grids.shp': Buffer.concat([
          files['grids.shp'].subarray(0, 104),
          Buffer.from('ffffffff', 'hex'),
          files['grids.shp'].subarray(108),
        ]),
      },
      /长度不合理/,
    ],
    ['a table that is none', { ...files, 'grids.dbf': 'x'.repeat(100) }, /不是有效的 dBase|不完整/],
  ])('refuses a Shapefile with %s', async (_, parts, reason) => {
    await expect(read(folderOf(parts))).rejects.toThrow(reason)
  })

  const columbus = testData('stats/columbus/columbus.shp')
  it.skipIf(columbus === null)('reads a real one (needs shared/data)', async () => {
    const { source, rows } = await read(onDisk(columbus ?? ''))
    expect(rows).toHaveLength(49)
    expect(rows.every(({ fault, geometry }) => fault === null && geometry !== null)).toBe(true)
    expect(source.columns).toContain('CRIME')
    expect(source.questions).toHaveLength(1)
  })
})
