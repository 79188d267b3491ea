import { parse } from 'csv-parse/sync'
import type { FeatureCollection } from 'geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApi, serveApi } from './serve-api.ts'
import { changed, communities, grids, insertAreas, insertIncident } from './world.ts'

let served: ServedApi
const formula = '=HYPERLINK("http://example.invalid","点我")'
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  await database`update area set households = 250 where code = ${grids[0]!}`
  // More rows than one fetch of the cursor holds.
  for (let index = 0; index < 620; index++) {
    await insertIncident(database, {
      number: `E${String(index).padStart(4, '0')}`,
      gridCode: grids[index % 3]!,
      type: index % 2 === 0 ? 'D02' : 'E03',
      status: index % 4 === 0 ? '80' : '20',
      dueAt: index % 8 === 1 ? '2026-03-01T00:00:00Z' : null,
    })
  }
  await database`update incident set title = ${formula}, text = ${'第一行\n"第二行"，+1'}, address = '-1号', position = point(-90.05, -35.1) where number = 'E0001'`
  await changed(database, 'incidents', 'areas')
})
afterAll(() => served.close())

type Table = { header: string[]; rows: Record<string, string>[]; notes: string[] }

async function tableOf(path: string): Promise<Table> {
  const response = await served.get(`/exports/${path}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const bytes = new Uint8Array(await response.arrayBuffer())
  // Excel reads UTF-8 only after this mark.
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
  const records = parse(Buffer.from(bytes), { bom: true, relax_column_count: true })
  const [header = []] = records
  const isNote = ([first = '']: string[]) => first.startsWith('# ')
  return {
    header,
    rows: records
      .slice(1)
      .filter((record) => !isNote(record))
      .map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']))),
    notes: records.filter(isNote).map(([first = '']) => first),
  }
}

describe('incidents as a table', () => {
  test('every row in words, with times at home and a note of what it is', async () => {
    const { rows, notes } = await tableOf('incidents.csv?lang=zh')
    expect(rows).toHaveLength(620)
    expect(new Set(rows.map((row) => row['事件编号'])).size).toBe(620)
    expect(rows[0]).toMatchObject({
      事件编号: 'E0000',
      类型代码: 'D02',
      类型: '邻里',
      渠道: '网格员上报',
      状态: '归档销号',
      上报时间: '2026-03-01 08:00:00',
      经度: '114.005',
    })
    expect(notes).toEqual(expect.arrayContaining(['# 行数：620', '# 导出时间：2026-03-10 12:00:00']))
  })

  test('the filter is applied and named in the file', async () => {
    const { rows, notes } = await tableOf(`incidents.csv?lang=en&type=E03&area=${grids[1]}`)
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => row['type']))).toEqual(new Set(['Sanitation']))
    expect(new Set(rows.map((row) => row['grid code']))).toEqual(new Set([grids[1]]))
    expect(notes).toEqual(expect.arrayContaining([`# Area: ${grids[1]}`, '# Types: E03 Sanitation']))
  })

  test('what a person wrote is never a formula; numbers stay numbers', async () => {
    const { rows } = await tableOf('incidents.csv?lang=zh')
    const row = rows.find((one) => one['事件编号'] === 'E0001')
    expect(row).toMatchObject({
      标题: `'${formula}`,
      内容: '第一行\n"第二行"，+1',
      地址: "'-1号",
      经度: '-90.05',
      纬度: '-35.1',
    })
  })

  test('the file has a name in the language of the reader', async () => {
    const response = await served.get(`/exports/incidents.csv?area=${communities[0]}&lang=zh`)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="incidents_${communities[0]}_20260310.csv"; filename*=UTF-8''${encodeURIComponent('事件')}_${communities[0]}_20260310.csv`,
    )
    await response.arrayBuffer()
  })
})

describe('incidents as GeoJSON', () => {
  test('the same features as the collection, with a note of what it is', async () => {
    type Exported = FeatureCollection & { metadata: Record<string, unknown> }
    const exported = await served.getJson<Exported>('/exports/incidents.geojson?type=E01')
    const items = await served.getJson<FeatureCollection>('/collections/incidents/items?type=E01&limit=10000')
    // The same times, in local time.
    const inZone = (key: string, value: unknown) =>
      key.endsWith('At') && typeof value === 'string' ? new Date(value).toISOString() : value
    expect(JSON.parse(JSON.stringify(exported.features, inZone))).toEqual(items.features)
    expect(exported.features[0]?.properties).toMatchObject({ reportedAt: '2026-03-01T08:00:00+08:00' })
    expect(exported.metadata).toMatchObject({ rows: items.features.length, generatedAt: '2026-03-10T04:00:00.000Z' })
  })

  test.each(['br', 'gzip', 'identity'])('it is the same file when sent as %s', async (encoding) => {
    const plain = await (await served.get('/exports/incidents.geojson', { 'accept-encoding': 'identity' })).text()
    const sent = await served.get('/exports/incidents.geojson', { 'accept-encoding': encoding })
    expect(sent.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
    expect(sent.headers.get('vary')).toContain('Accept-Encoding')
    expect(await sent.text()).toBe(plain)
  })

  test('nothing found is an empty collection', async () => {
    expect((await served.getJson<FeatureCollection>('/exports/incidents.geojson?area=97')).features).toEqual([])
  })
})

describe('areas with their counts', () => {
  test('every grid is there, also the one without a case', async () => {
    const { rows } = await tableOf('areas.csv?lang=zh')
    expect(rows.map((row) => row['编码'])).toEqual(grids)
    expect(rows[0]).toMatchObject({
      上级编码: communities[0],
      事件数: '207',
      其中矛盾纠纷: '104',
      户数: '250',
      每千户事件数: '828',
    })
    expect(rows[1]).toMatchObject({ 户数: '', 每千户事件数: '' })
    expect(rows[3]).toMatchObject({ 事件数: '0', 未办结: '0', 超期: '0' })
  })

  test('communities add up to their grids, in both formats', async () => {
    const byGrid = await tableOf('areas.csv?lang=en&type=E03')
    const byCommunity = await served.getJson<FeatureCollection>('/exports/areas.geojson?level=community&type=E03')
    for (const { properties } of byCommunity.features) {
      const own = byGrid.rows.filter((row) => row['parent code'] === properties?.code)
      for (const name of ['incidents', 'open', 'overdue']) {
        expect(properties?.[name], name).toBe(own.reduce((sum, row) => sum + Number(row[name]), 0))
      }
    }
    expect(byCommunity.features[0]?.geometry).toMatchObject({ type: 'Polygon' })
  })
})

test('more exports at once than are allowed are asked to wait, and none is left behind', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => served.get('/exports/incidents.csv')))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2)
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
  for (const { headers } of answers.filter(({ status }) => status === 503))
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  expect((await tableOf('incidents.csv')).rows).toHaveLength(620)
})

test('a reader who leaves gives the connection back', async () => {
  for (let time = 0; time < 12; time++) {
    const leaving = new AbortController()
    const response = await fetch(`${served.api}/exports/incidents.geojson`, { signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
  }
  expect((await tableOf('areas.csv')).rows).toHaveLength(4)
})
