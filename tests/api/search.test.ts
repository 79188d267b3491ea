import { SearchHit } from '@minqing/data/domain/summary'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ServedApi, serveApi } from './serve-api.ts'
import {
  boxOf,
  centerOf,
  communities,
  grids,
  insertAreas,
  insertBuilding,
  insertFacility,
  insertIncident,
  street,
} from './world.ts'

let served: ServedApi
beforeAll(async () => {
  served = await serveApi()
  const { database } = served
  await insertAreas(database)
  const names = [
    [street, '江滩街道'],
    [communities[0]!, '多闻社区'],
    [communities[1]!, '望江社区'],
    [grids[0]!, '多闻一网格'],
    [grids[2]!, '望江一网格'],
  ] as const
  for (const [code, name] of names) await database`update area set name = ${name} where code = ${code}`
  await insertBuilding(database, 1, { name: '多闻苑1栋', address: '沿江路12号' })
  await insertBuilding(database, 2, { name: '100%好_楼', address: '沿江路14号' })
  await insertFacility(database, 'F1', { name: '望江红色驿站', grid: grids[2]! })
  await insertIncident(database, { number: '20260301-0042', gridCode: grids[0]! })
  await insertIncident(database, { number: '20260301-0043', gridCode: null, position: null })
  for (const [id, west] of [
    ['r1', 114],
    ['r2', 114.02],
  ] as const) {
    await database`
      insert into base_feature (street_code, id, layer, kind, name, rank, geometry, extent, source)
      values (${street}, ${id}, 'road', 'arterial', '沿江路', 1, '{}', box(point(${west}::float8, 30), point(${west + 0.01}::float8, 30.001)), 'test')`
  }
})
afterAll(() => served.close())

async function search(words: string, language = 'zh') {
  const answer = await served.getJson(`/search?q=${encodeURIComponent(words)}&lang=${language}`)
  return z.object({ hits: z.array(SearchHit) }).parse(answer).hits
}
const names = async (words: string) => (await search(words)).map(({ name }) => name)

test('the beginning of a name comes before its middle, short names before long ones', async () => {
  expect(await names('多闻')).toEqual(['多闻社区', '多闻一网格', '多闻苑1栋'])
  expect((await names('望江'))[0]).toBe('望江社区')
})

test('an area is found by its whole code and by its beginning', async () => {
  const [first] = await search(grids[0]!)
  expect(first).toMatchObject({ kind: 'area', id: grids[0], areaCode: grids[0], bbox: boxOf(grids[0]!) })
  expect((await search(communities[1]!)).map(({ id }) => id)).toEqual([communities[1], grids[2], grids[3]])
})

test('several words must all fit; the name of the place above counts', async () => {
  expect(await names('望江 网格')).toEqual(['望江一网格'])
  expect(await names('望江社区 区域')).toEqual([`区域${grids[3]!.slice(9)}`])
  expect(await names('望江 多闻')).toEqual([])
})

test('a building is found by its address, a road once for all its pieces', async () => {
  const hits = await search('沿江路')
  expect(hits[0]).toMatchObject({ kind: 'road', name: '沿江路', bbox: [114, 30, 114.03, 30.001] })
  expect(hits.filter(({ kind }) => kind === 'building').map(({ name }) => name)).toEqual(['多闻苑1栋', '100%好_楼'])
})

test('a facility is described in the requested language', async () => {
  expect((await search('红色驿站'))[0]).toMatchObject({
    kind: 'facility',
    id: `${street}-F1`,
    detail: '红色驿站 · 望江一网格',
  })
  expect((await search('红色驿站', 'en'))[0]?.detail).toBe('Service station · 望江一网格')
})

test('a case is found by a part of its number, with or without a place', async () => {
  const [placed] = await search('0301-0042')
  const [lon, lat] = centerOf(grids[0]!)
  expect(placed).toMatchObject({
    kind: 'incident',
    id: `${street}-20260301-0042`,
    areaCode: grids[0],
    bbox: [lon, lat, lon, lat],
    detail: '邻里 · 多闻一网格 · 2026-03-01',
  })
  expect((await search('0043'))[0]).toMatchObject({ bbox: boxOf(street), areaCode: street })
})

test('full-width digits are digits', async () => {
  expect((await search('００４２'))[0]?.kind).toBe('incident')
})

test.each(['%', '_', '\\', "'", '";--', '%%%', '   '])('“%s” means itself', async (words) => {
  const hits = await search(words)
  expect(hits.every(({ name }) => name.includes(words))).toBe(true)
})

test('a percent sign in a name is found', async () => {
  expect(await names('100%')).toEqual(['100%好_楼'])
  expect(await names('好_楼')).toEqual(['100%好_楼'])
})

test('there are never more than twenty', async () => {
  for (let index = 10; index < 40; index++) await insertBuilding(served.database, index, { name: `长名楼${index}` })
  expect(await search('长名楼')).toHaveLength(20)
})
