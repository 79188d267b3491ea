import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureCollection } from 'geojson'
import { testFolder } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCollection } from '../../exports/write-collection.ts'
import { findSource } from '../../features/feature-source.ts'
import { collections } from '../../resources/registry.ts'
import { openScope, readAs } from '../../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

const folder = testFolder('round')
const everything = ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities'] as const

describe('what is exported can be imported again', () => {
  let first: TestDatabase
  beforeAll(async () => {
    first = await createTestDatabase()
    await runImport(first.database, {
      collection: 'grids',
      file: inMemory('网格.geojson', grids),
      street: '420102012=丹水池街道',
    })
    await runImport(first.database, { collection: 'buildings', file: inMemory('楼栋.geojson', buildings) })
    await runImport(first.database, { collection: 'incidents', file: inMemory('事件.csv', incidents), crs: 'gcj02' })
    await runImport(first.database, { collection: 'facilities', file: inMemory('设施.csv', facilities) })
  }, 60_000)
  afterAll(() => first.close())

  it.each(['geojson', 'csv'] as const)(
    'through %s, every collection, with every odd character',
    async (format) => {
      const second = await createTestDatabase()
      try {
        for (const collection of everything) {
          const path = await exportTo(first, collection, format)
          const report = await runImport(second.database, { collection, file: path })
          expect([collection, report.rejects.examples, report.written]).toEqual([collection, [], true])
          expect(report.inserted).toBeGreaterThan(0)
          const again = await exportTo(second, collection, 'geojson')
          expect(comparable(again)).toEqual(comparable(await exportTo(first, collection, 'geojson')))
        }
      } finally {
        await second.close()
      }
    },
    60_000,
  )
})

async function exportTo(
  { database, url }: TestDatabase,
  collection: string,
  format: 'geojson' | 'csv',
): Promise<string> {
  const path = join(folder, `${url.slice(-8)}-${collection}.${format}`)
  await readAs(database, openScope, (transaction) =>
    writeCollection(
      transaction,
      findSource(collections, collection),
      { bbox: undefined, datetime: undefined },
      { path, format },
    ),
  )
  return path
}

/** Features without what belongs to the import and not to the thing: the file's name and its datum. */
function comparable(path: string): unknown[] {
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection
  return features.map(({ id, geometry, properties }) => {
    const { source: _s, sourceCrs: _c, sourcePosition: _p, version: _v, ...rest } = properties ?? {}
    return { id, geometry, properties: rest }
  })
}

const square = (west: number, south: number, size: number) => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ],
]
const feature = (properties: object, coordinates: unknown) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates },
})
const collection = (features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
const grids = collection([
  feature(
    { 网格名称: '江畔“一”网格', 户数: 412, 网格员: '张三', 网格员电话: '027-00000000' },
    square(114.3, 30.6, 0.01),
  ),
  feature({ 网格名称: '=cmd()', 户数: 0 }, square(114.31, 30.6, 0.01)),
])
const buildings = collection([
  feature(
    { id: 1, 名称: '一号楼, 甲座', 层数: 6, 高度: '18.5米', 建成年代: '1998年', 用途: '住宅', 结构: '砖混' },
    square(114.302, 30.602, 0.0005),
  ),
  feature({ id: 2, 名称: '' }, square(114.312, 30.602, 0.0005)),
])
const incidents = [
  '工单编号,标题,内容,类型,来源,经度,纬度,发生时间起,发生时间止,上报时间,办结时间,状态,风险等级,紧急程度,涉及人数',
  'G1,"楼上漏水, 两家争执","第一行\n第二行 ""引号""",邻里纠纷,12345热线,114.3104,30.6021,2024-05-01 08:00,2024-05-01 09:00,2024/5/1 9:30,2024年5月3日 10时,已办结,黄,急,3',
  'G2,+86 开头的标题,=1+1,从没听说过的类型,微信,114.3204,30.6021,2024-05-02T08:00:00Z,,,,处理中,,,',
  'G3,表情 👩‍👩‍👧 与 𠮷 字,\t制表\t,劳资纠纷,,114.3205,30.6022,2024-05-02,,,,,,,',
].join('\n')
const facilities =
  '编号,类型,名称,经度,纬度,状态,电话\nS1,烟感,3栋烟感,114.301,30.601,离线,\nS2,红色驿站,"驿站 ""江畔""",114.311,30.601,,027-00000001\n'
