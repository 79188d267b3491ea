import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { testData, testFolder } from '@minqing/data/test-data'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { rows, workbook } from '@minqing/data/formats/xlsx/test-workbook'
import { toGcj02 } from '@minqing/data/geo/crs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Transaction } from '../../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { lockImports } from './batch.ts'
import { RejectFile } from './reject-file.ts'
import { describe as describeReport } from './report.ts'
import { beginWithTwoGrids, contents, runImport } from './test-import.ts'

const folder = testFolder('rejects')

describe('importing incidents', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(() => beginWithTwoGrids(test.database))

  const incidents = (content: string | Uint8Array, more: object = {}, options: object = {}) => {
    const file = inMemory('工单.csv', content)
    return runImport(test.database, { collection: 'incidents', file, crs: 'wgs84', ...more }, options)
  }

  it('reads a ledger as people keep it', async () => {
    const report = await incidents(
      `工单编号,诉求标题,诉求类型,来源渠道,经度,纬度,来电时间,办结时间,办理状态,风险等级,网格
A-1,三楼漏水,邻里纠纷,12345,114.305,30.605,2024年5月1日 13时05分,,处理中,黄,
A-2,拖欠工资,劳资纠纷,群众来访,,,2024/5/2 8:00,2024/5/4 18:00,已办结,,二网格
A-3,看不懂的事,量子纠缠,,114.315,30.605,2024-05-03 00:00,,,,
`,
    )
    expect(report).toMatchObject({ written: true, inserted: 3, rejected: 0 })
    expect(report.rowNotes.map(({ label, rows }) => [label.zh.slice(0, 8), rows])).toEqual([
      ['没有写渠道，记为', 1],
      ['不认识“诉求类型', 1],
    ])
    const rows = await test.database`
      select number, title, type, source_type, channel, status, risk, grid_code, reported_at, closed_at, source
      from incident order by number`
    expect(rows.map((row) => Object.values(row))).toEqual([
      [
        'A-1',
        '三楼漏水',
        'D02',
        '邻里纠纷',
        'hotline_12345',
        '50',
        'yellow',
        '420102012001001',
        '2024-05-01T05:05:00.000Z',
        null,
        'import:工单.csv',
      ],
      [
        'A-2',
        '拖欠工资',
        'D10',
        '劳资纠纷',
        'walk_in',
        '70',
        'blue',
        '420102012001002',
        '2024-05-02T00:00:00.000Z',
        '2024-05-04T10:00:00.000Z',
        'import:工单.csv',
      ],
      [
        'A-3',
        '看不懂的事',
        'E99',
        '量子纠缠',
        'department',
        '10',
        'blue',
        '420102012001002',
        '2024-05-02T16:00:00.000Z',
        null,
        'import:工单.csv',
      ],
    ])
    const steps = await test.database`
      select number, sequence, position, from_status, to_status, at from incident_step order by position`
    expect(steps.map((step) => Object.values(step))).toEqual([
      ['A-1', 1, 1, null, '10', '2024-05-01T05:05:00.000Z'],
      ['A-1', 2, 2, '10', '50', '2024-05-01T05:05:00.000Z'],
      ['A-2', 1, 3, null, '10', '2024-05-02T00:00:00.000Z'],
      ['A-3', 1, 4, null, '10', '2024-05-02T16:00:00.000Z'],
      ['A-2', 2, 5, '10', '70', '2024-05-04T10:00:00.000Z'],
    ])
  })

  it('writes a step when a later ledger closes a case, and leaves the others alone', async () => {
    const header = '工单编号,标题,经度,纬度,时间,状态\n'
    const before = 'A,甲,114.305,30.605,2024-05-01,处理中\nB,乙,114.305,30.605,2024-05-02,处理中\n'
    await incidents(header + before)
    const report = await incidents(
      header + before.replace('B,乙,114.305,30.605,2024-05-02,处理中', 'B,乙,114.305,30.605,2024-05-02,已办结'),
    )
    expect(report).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 })
    const steps =
      await test.database`select number, from_status, to_status, position from incident_step order by position desc limit 1`
    expect(steps[0]).toEqual({ number: 'B', fromStatus: '50', toStatus: '70', position: 5 })
  })

  it('rejects each faulty row with its line, column, value and reason, and then writes nothing', async () => {
    const before = await contents(test.database)
    const report = await incidents(
      `编号,标题,经度,纬度,时间,状态,网格编码
1,好,114.305,30.605,2024-05-01,,
2,"两
行",30.605,114.305,2024-05-01,,
3,时间戳,114.305,30.605,1714539600,,
4,在外面,115.9,31.9,2024-05-01,,
5,人数,114.305,30.605,2024-05-01,,4201
1,重复,114.305,30.605,2024-05-01,,
6,网格,114.305,30.605,2024-05-01,,420102012001999
7,零,0,0,2024-05-01,,
8,无时间,114.305,30.605,,,
1,好,114.305,30.605,2024-05-01,,
`,
    )
    expect(report).toMatchObject({ written: false, read: 10, rejected: 8, skipped: 1, inserted: 0 })
    const refused = report.rejects.examples.map(({ line, faults }) => [
      line,
      faults[0]?.column,
      faults[0]?.value,
      faults[0]?.reason.en.slice(0, 24),
    ])
    expect(refused).toEqual([
      [3, '经度', '30.605, 114.305', 'longitude and latitude l'],
      [5, '时间', '1714539600', '“1714539600” is a bare n'],
      [6, '经度', '115.9, 31.9', 'lies in no sub-district,'],
      [7, '网格编码', '4201', 'a code should have 15 di'],
      [8, '编号', '1', 'the same number as on li'],
      [9, '网格编码', '420102012001999', 'there is no area with th'],
      [10, '经度', '0, 0', 'position 0,0: usually a '],
      [11, '时间', '', 'a required value is miss'],
    ])
    expect(await contents(test.database)).toEqual(before)
  })

  it('names the sheet of each row where a workbook has one for each month', async () => {
    const heading = ['工单编号', '诉求类型', '经度', '纬度', '发生时间']
    const sheets = [
      { name: '一月', rows: rows(['一月台账'], heading, ['A', '漏水', 114.305, 30.605, '2024-01-05']) },
      {
        name: '二月',
        rows: rows(
          heading,
          ['A', '噪声', 114.305, 30.605, '2024-02-05'],
          ['B', '漏水', 114.305, 30.605, '二月初'],
          ['C', '漏水', 114.305, 30.605, '2024-02-06'],
        ),
      },
    ]
    const file = inMemory('全年.xlsx', workbook(sheets))
    const rejects = new RejectFile(join(folder, 'rejects.csv'))
    const report = await runImport(
      test.database,
      { collection: 'incidents', file, crs: 'wgs84' },
      { rejects, skipInvalid: true },
    )
    expect(report).toMatchObject({ read: 4, inserted: 2, rejected: 2 })
    expect(report.rejects.examples.map(({ sheet, line, faults }) => [sheet, line, faults[0]?.reason.zh])).toEqual([
      ['二月', 2, '编号与“一月”第 3 行重复，而内容不同'],
      ['二月', 3, expect.stringContaining('看不懂时间')],
    ])
    expect(describeReport(report)).toContainEqual(expect.stringMatching(/^“二月”第 2 行，列“工单编号”，值“A”：/))
    const [head, first] = readFileSync(rejects.path, 'utf8').split('\r\n')
    expect([head?.slice(0, 9), first?.slice(0, 7)]).toEqual(['\ufeff工作表,工单编号', '二月,A,噪声'])
  })

  it('imports the others on request, and the rejected ones once they are corrected', async () => {
    const content = '编号,标题,经度,纬度,时间\n1,"甲, ""乙""",114.305,30.605,2024-05-01\n2,丙,114.305,30.605,五月\n'
    const report = await incidents(content, {}, { skipInvalid: true })
    expect(report).toMatchObject({ written: true, inserted: 1, rejected: 1 })
    const rejects = readFileSync(report.rejects.file ?? '', 'utf8')
    expect(rejects.split('\r\n')[1]).toMatch(/^2,丙,114\.305,30\.605,五月,3,时间,五月,/)
    const corrected = await incidents(rejects.replace('30.605,五月', '30.605,2024-05-02'))
    expect(corrected).toMatchObject({ written: true, read: 1, inserted: 1, rejected: 0 })
  })

  it('keeps rejected features as features', async () => {
    const feature = (id: number, lon: number) => ({
      type: 'Feature',
      properties: { id, title: '甲', date: '2024-05-01' },
      geometry: { type: 'Point', coordinates: [lon, 30.605] },
    })
    const file = inMemory(
      'a.geojson',
      JSON.stringify({ type: 'FeatureCollection', features: [feature(1, 114.305), feature(2, 120)] }),
    )
    const report = await runImport(test.database, { collection: 'incidents', file }, { skipInvalid: true })
    const rejects = JSON.parse(readFileSync(report.rejects.file ?? '', 'utf8')) as { features: object[] }
    expect(rejects.features).toEqual([{ ...feature(2, 120), reject: expect.objectContaining({ line: 1, feature: 2 }) }])
  })

  it('changes nothing in a dry run, and counts as if it had', async () => {
    const before = await contents(test.database)
    const report = await incidents('标题,经度,纬度,时间\n甲,114.305,30.605,2024-05-01\n', {}, { dryRun: true })
    expect(report).toMatchObject({ written: false, dryRun: true, inserted: 1 })
    expect(await contents(test.database)).toEqual(before)
  })

  it('leaves nothing behind when it fails in the middle of the file or of the writing', async () => {
    const before = await contents(test.database)
    const rows = Array.from({ length: 20_000 }, (_, i) => `G${i},第${i}件,114.305,30.605,2024-05-01`).join('\n')
    const whole = Buffer.from(`编号,标题,经度,纬度,时间\n${rows}\n`)
    // Staged by the thousand before the reader finds that the last quote never closes.
    const torn = Buffer.concat([whole, Buffer.from('G0,"')])
    await expect(incidents(torn)).rejects.toThrow(FileProblem)
    expect(await contents(test.database)).toEqual(before)

    // The last table that an import writes refuses: everything before it must be undone.
    await test.database`alter table log_head add constraint sabotage check (position < 10000)`
    await expect(incidents(whole)).rejects.toThrow(/sabotage/)
    await test.database`alter table log_head drop constraint sabotage`
    expect(await contents(test.database)).toEqual(before)
  })

  it('stops when asked to, without a trace', async () => {
    const before = await contents(test.database)
    const controller = new AbortController()
    const rows = Array.from({ length: 5000 }, (_, i) => `G${i},114.305,30.605,2024-05-01`).join('\n')
    const stopping = incidents(
      `编号,经度,纬度,时间\n${rows}`,
      {},
      { signal: controller.signal, onProgress: () => controller.abort() },
    )
    await expect(stopping).rejects.toThrow(/abort/)
    expect(await contents(test.database)).toEqual(before)
  })

  it.each([
    ['writes', (one: Transaction) => one`lock table log_head in access exclusive mode`],
    ['waits for another import', (one: Transaction) => lockImports(one)],
  ])('stops while the database %s, and leaves the connection to others', async (_, hold) => {
    const before = await contents(test.database)
    const controller = new AbortController()
    await test.database.begin(async (holding) => {
      await hold(holding)
      const stopping = incidents(
        '编号,经度,纬度,时间\nG1,114.305,30.605,2024-05-01\n',
        {},
        { signal: controller.signal },
      ).catch((error: unknown) => error)
      await vi.waitUntil(async () => {
        const [row] = await test.database`select count(*) as waiting from pg_locks where not granted`
        return row?.['waiting'] === 1
      }, 20_000)
      controller.abort(new Error('enough'))
      expect(await stopping).toMatchObject({ message: 'enough' })
    })
    expect(await contents(test.database)).toEqual(before)
    const twenty = await Promise.all(Array.from({ length: 20 }, () => test.database`select pg_sleep(0.05), 1 as one`))
    expect(twenty.every(([row]) => row?.['one'] === 1)).toBe(true)
  })

  it('does not overwrite a case that was not imported', async () => {
    await test.database`
      insert into incident (street_code, number, type, channel, title, happened_at, reported_at, source)
      values ('420102012', 'A', 'D02', 'walk_in', '自己的', now(), now(), 'demo')`
    const report = await incidents(
      '编号,标题,经度,纬度,时间\nA,外来的,114.305,30.605,2024-05-01\nB,另一件,114.305,30.605,2024-05-01\n',
    )
    expect(report).toMatchObject({ written: false, rejected: 1 })
    expect(report.rejects.examples[0]).toMatchObject({
      line: 2,
      faults: [{ reason: { en: expect.stringContaining('was not imported') } }],
    })
    const [row] = await test.database`select title from incident`
    expect(row).toEqual({ title: '自己的' })
  })

  it('numbers cases without a number by what they say, and knows them again', async () => {
    const content =
      '标题,经度,纬度,时间\n甲,114.305,30.605,2024-05-01\n甲,114.305,30.605,2024-05-01\n乙,114.305,30.605,2024-05-01\n'
    expect(await incidents(content)).toMatchObject({ read: 3, inserted: 2, skipped: 1 })
    expect(await incidents(content)).toMatchObject({ inserted: 0, unchanged: 2, skipped: 1 })
  })

  it('moves GCJ-02 to where it is, and keeps what the source said', async () => {
    const [x, y] = toGcj02(114.3099, 30.605)
    // As WGS84 the shifted point would lie in the second grid.
    const report = await incidents(`编号,经度,纬度,时间\n1,${x},${y},2024-05-01\n`, { crs: 'gcj02' })
    expect(report).toMatchObject({ inserted: 1, crs: 'gcj02' })
    const [row] = await test.database`
      select grid_code, position[0] as lon, position[1] as lat, source_crs, source_x, source_y from incident`
    expect(row).toMatchObject({ gridCode: '420102012001001', sourceCrs: 'gcj02', sourceX: x, sourceY: y })
    expect(row?.['lon']).toBeCloseTo(114.3099, 7)
    expect(row?.['lat']).toBeCloseTo(30.605, 7)
  })

  it('understands what is said by hand, and refuses what cannot be meant', async () => {
    const content = 'a,b,c,d\n甲,30.605,114.305,2024-05-01\n'
    const map = ['title=a', 'lat=b', 'lon=c', 'happenedAt=d']
    expect(await incidents(content, { map, set: ['channel=110', 'status=80'] })).toMatchObject({ inserted: 1 })
    const [row] = await test.database`select title, channel, status from incident`
    expect(row).toEqual({ title: '甲', channel: 'police_110', status: '80' })
    await expect(incidents(content, { map: ['title=zzz'] })).rejects.toThrow(/zzz/)
    await expect(incidents(content, { map: ['name'] })).rejects.toThrow(/field=column/)
    await expect(incidents(content, { crs: 'mars' })).rejects.toThrow(/mars/)
    await expect(incidents(content, { crs: 'EPSG:2362' })).rejects.toThrow(/西安80/)
    await expect(incidents(content, { timeZone: 'Asia/Wuhan' })).rejects.toThrow(/Asia\/Wuhan/)
    await expect(incidents(content, { street: '42' })).rejects.toThrow(/9 位/)
    await expect(incidents(content, { set: ['colour=red'] })).rejects.toThrow(/colour/)
  })

  const strings = testData('dirty/blns.json')
  it.skipIf(strings === null)('stores naughty strings as they are (needs shared/data)', async () => {
    const naughty = (JSON.parse(readFileSync(strings ?? '', 'utf8')) as string[]).filter(
      (text) => text.trim() !== '' && text.length <= 200,
    )
    const features = naughty.map((title, id) => ({
      type: 'Feature',
      properties: { id: `n${id}`, title, date: '2024-05-01' },
      geometry: { type: 'Point', coordinates: [114.305, 30.605] },
    }))
    const file = inMemory('blns.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
    expect(await runImport(test.database, { collection: 'incidents', file })).toMatchObject({
      inserted: naughty.length,
      rejected: 0,
    })
    const rows = await test.database`select title from incident order by substr(number, 2)::integer`
    expect(rows.map(({ title }) => title)).toEqual(naughty.map((text) => text.trim().replace(/^'(?=[=+\-@])/, '')))
  })

  const calls = testData('pa911/pa911_emergency.csv')
  it.skipIf(calls === null)('takes New York times as such (needs shared/data)', async () => {
    const lines = readFileSync(calls ?? '', 'utf8')
      .split('\n')
      .slice(0, 201)
    const report = await incidents(lines.join('\n'), {
      street: '990300001',
      newStreet: '990300001',
      timeZone: 'America/New_York',
    })
    expect(report).toMatchObject({ written: true, read: 200, inserted: 200 })
    const [first] = await test.database`select title, type, reported_at, address from incident where number = '1'`
    // 2015-12-10 17:40:00 in New York.
    expect(first).toEqual({
      title: 'EMS: BACK PAINS/INJURY',
      type: 'E07',
      reportedAt: '2015-12-10T22:40:00.000Z',
      address: 'NEW HANOVER',
    })
  })

  const waterlogging = ['gbk.csv', 'tab.txt', 'utf16le.csv', 'utf8_bom.csv'].map((name) =>
    testData(`dirty/waterlogging_${name}`),
  )
  it.skipIf(waterlogging.includes(null))(
    'finds the same nine cases in a ledger in four encodings (needs shared/data)',
    async () => {
      for (const [index, file] of waterlogging.entries()) {
        const request = {
          collection: 'incidents',
          file: file ?? '',
          street: '420115001=江夏',
          newStreet: '420115001',
          source: 'waterlogging',
          set: ['happenedAt=2024-07-01'],
        } as const
        const report = await runImport(test.database, request)
        expect([file, report.rejects.examples]).toEqual([file, []])
        expect(report).toMatchObject(index === 0 ? { inserted: 9, unchanged: 0 } : { inserted: 0, unchanged: 9 })
      }
      const [row] =
        await test.database`select title, risk, position[0] as lon, position[1] as lat from incident order by title limit 1`
      expect(row).toMatchObject({
        risk: expect.any(String),
        lon: expect.closeTo(114.4, 0),
        lat: expect.closeTo(30.4, 0),
      })
    },
  )
})
