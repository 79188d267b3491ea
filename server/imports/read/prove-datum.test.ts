import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from '../apply/test-import.ts'

describe('a table in metres', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  const ledger = (easting: number, crs?: string) => {
    const rows = Array.from({ length: 5 }, (_, row) => `A${row},${easting + row},${3_387_000 + row},2024-05-01\n`)
    const file = inMemory('工单.csv', `编号,X,Y,时间\n${rows.join('')}A9,0,坏,2024-05-01\n`)
    const map = ['lon=X', 'lat=Y']
    return runImport(
      test.database,
      { collection: 'incidents', file, street: '420102012=丹水池街道', map, crs },
      { dryRun: true },
    )
  }

  it('with a zone number is read in the zone that it proves', async () => {
    const report = await ledger(38_529_243)
    expect([report.crs, report.rejected]).toEqual(['EPSG:4526', 1])
    expect(report.notes.map(({ zh }) => zh).join()).toContain('可以断定是 EPSG:4526')
  })

  it('without one is asked about, and taken when somebody says it', async () => {
    await expect(ledger(529_243)).rejects.toThrow('无法知道中央经线')
    expect(await ledger(529_243, 'EPSG:4547')).toMatchObject({ crs: 'EPSG:4547', rejected: 1 })
  })

  it('with the northing first, as survey offices write X, is swapped where that is proven, with a note', async () => {
    const survey = (easting: number, crs?: string, extra = '') => {
      const rows = Array.from({ length: 60 }, (_, row) => `A${row},${3_387_000 + row},${easting + row},2024-05-01\n`)
      const file = inMemory('测绘.csv', `编号,X坐标,Y坐标,时间\n${rows.join('')}${extra}`)
      return runImport(test.database, { collection: 'incidents', file, street: '420102012=丹水池街道', crs })
    }
    const report = await survey(529_243, 'EPSG:4547')
    expect([report.inserted, report.notes.map(({ zh }) => zh).join()]).toEqual([60, expect.stringContaining('已对调')])
    const [row] = await test.database<{ lon: number; lat: number }[]>`
      select position[0] as lon, position[1] as lat from incident where number = 'A0'`
    expect([row?.lon, row?.lat]).toEqual([expect.closeTo(114.3046, 3), expect.closeTo(30.6026, 3)])
    const numbered = await survey(38_529_243)
    expect([numbered.crs, numbered.rejected, numbered.unchanged + numbered.updated]).toEqual(['EPSG:4526', 0, 60])
    await expect(survey(529_243)).rejects.toThrow('无法知道中央经线')
    const mixed = await survey(529_243, 'EPSG:4547', 'B1,529243,3387000,2024-05-01\n')
    expect(mixed.rejects.examples.map(({ faults }) => faults.map(({ reason }) => reason.zh.slice(0, 13)))).toEqual([
      ['X、Y 与文件里其他行的顺'],
    ])
  })

  it('in degrees that may be minutes and seconds behind a point is asked about', async () => {
    const packed = (crs?: string) => {
      const rows = Array.from({ length: 60 }, (_, row) => {
        const second = String(row).padStart(2, '0')
        return `A${row},114.18${second},30.3${row % 6}${second}5,2024-05-01\n`
      })
      const file = inMemory('工单.csv', `编号,经度,纬度,时间\n${rows.join('')}`)
      const request = { collection: 'incidents' as const, file, street: '420102012=丹水池街道', crs }
      return runImport(test.database, request, { dryRun: true })
    }
    await expect(packed()).rejects.toThrow('114°18′30″')
    const said = await packed('wgs84')
    expect([said.rejected, said.notes.map(({ zh }) => zh).join()]).toEqual([0, expect.stringContaining('度.分秒')])
  })

  const degrees = (header: string, crs?: string) =>
    runImport(
      test.database,
      {
        collection: 'incidents',
        file: inMemory('工单.csv', `编号,时间,${header}\nA1,2024-05-01,114.3,30.6\nA2,2024-05-01,114.31,30.61\n`),
        street: '420102012=丹水池街道',
        crs,
      },
      { dryRun: true },
    )

  it('in degrees is of the datum that its columns name, unless somebody says another', async () => {
    const report = await degrees('百度经度,百度纬度')
    expect([report.crs, report.notes.map(({ zh }) => zh)]).toEqual(['bd09', ['列名写明坐标系是 bd09，已按此换算']])
    const other = await degrees('百度经度,百度纬度', 'gcj02')
    expect([other.crs, other.notes.map(({ zh }) => zh).join()]).toEqual(['gcj02', expect.stringContaining('bd09')])
    expect((await degrees('经度,纬度')).crs).toBe('wgs84')
  })

  it('of numbers that are neither is asked about, whatever system was said', async () => {
    const seconds = (crs?: string) => {
      const file = inMemory('秒.csv', '编号,时间,经度,纬度\nA1,2024-05-01,411667.564,110359.084\n')
      return runImport(
        test.database,
        { collection: 'incidents', file, street: '420102012=丹水池街道', crs },
        { dryRun: true },
      )
    }
    await expect(seconds()).rejects.toThrow('既不是以度为单位的经纬度')
    await expect(seconds('wgs84')).rejects.toThrow('写明的坐标系是 wgs84，而坐标（如 411667.564, 110359.084）不是')
  })

  it('without names of columns is refused with what to do', async () => {
    const file = inMemory('无表头.csv', 'A1,2024-05-01,114.3,30.6\nA2,2024-05-01,114.3,30.6\n')
    const request = { collection: 'incidents' as const, file, street: '420102012=丹水池街道' }
    await expect(runImport(test.database, request, { dryRun: true })).rejects.toThrow('没有一个认得的列名')
  })

  it('in degrees is not read as metres', async () => {
    await expect(degrees('经度,纬度', 'EPSG:4547')).rejects.toThrow('坐标像是经纬度')
  })
})
