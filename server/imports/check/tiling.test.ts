import { readFileSync } from 'node:fs'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from '../apply/test-import.ts'

const square = (west: number, width: number) =>
  `"POLYGON ((${west} 30.60, ${west + width} 30.60, ${west + width} 30.61, ${west} 30.61, ${west} 30.60))"`

describe('grids that do not fit together', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  it('are reported with their shares, a picture and their places', async () => {
    const file = inMemory(
      '网格.csv',
      `网格编码,名称,wkt\n420102012001001,甲网格,${square(114.3, 0.011)}\n420102012001002,乙网格,${square(114.31, 0.01)}\n`,
    )
    const report = await runImport(test.database, { collection: 'grids', file }, { dryRun: true })
    const note = report.notes.find(({ en }) => en.includes('overlaps between grids'))
    expect(note?.zh).toMatch(/1 处重叠，占总面积的 4\.76%（甲网格–乙网格）；0 处空隙/)
    const picture = /示意图：(\S+\.svg)/.exec(note?.zh ?? '')?.[1] ?? ''
    expect(readFileSync(picture, 'utf8')).toContain('重叠')
    const places = JSON.parse(readFileSync(picture.replace(/svg$/, 'geojson'), 'utf8')) as { features: unknown[] }
    expect(places.features).toHaveLength(1)
  })
})
