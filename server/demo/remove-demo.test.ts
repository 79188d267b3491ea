import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { checkCounts } from '../counts/check-counts.ts'
import { baseTileSet } from '../base/tile-set.ts'
import { buildingFeatures } from '../buildings/building-features.ts'
import { listImports } from '../imports/apply/batch.ts'
import { runImport } from '../imports/apply/test-import.ts'
import { getStatus } from '../status/get-status.ts'
import { openScope } from '../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { describeDemo, removeDemo } from './demo-state.ts'
import { ensureDemo } from './ensure-demo.ts'
import { mercatorX, mercatorY } from '@minqing/data/geo/mercator'

let held: TestDatabase
/** The middle of the demo street. */
let middle: [lon: number, lat: number]
beforeAll(async () => {
  held = await createTestDatabase()
  await ensureDemo(held.database, systemActor, { asOf: new Date('2026-11-21T09:30:00+08:00') })
  const [street] = await held.database<{ lon: number; lat: number }[]>`
    select center[0] as lon, center[1] as lat from area where level = 'street'`
  middle = [street?.lon ?? 0, street?.lat ?? 0]
}, 120_000)
afterAll(() => held.close())

const rowsOf = async (table: string) => {
  const [row] = await held.database<{ count: number }[]>`select count(*) from ${held.database(table)}`
  return row?.count ?? 0
}

/** Features of the tile in the middle of the demo. */
async function drawn(): Promise<{ base: number; buildings: number }> {
  const across = 2 ** 15
  const tile = { z: 15, x: Math.floor(mercatorX(middle[0]) * across), y: Math.floor(mercatorY(middle[1]) * across) }
  return held.database.begin(async (transaction) => {
    const base = Object.values(await baseTileSet.read(transaction, tile)).flat().length
    const buildings = ((await buildingFeatures.tiles?.read(transaction, tile)) ?? []).length
    return { base, buildings }
  })
}

const ledger = (name: string) =>
  inMemory(name, `编号,标题,经度,纬度,时间\n${name},漏水,${middle[0]},${middle[1]},2024-05-01\n`)

test('while there is nothing else, what lies in the demo goes there, and the report says so', async () => {
  expect(await drawn()).toEqual({
    base: expect.toSatisfy((count) => count > 10),
    buildings: expect.toSatisfy((count) => count > 10),
  })
  const report = await runImport(held.database, { collection: 'incidents', file: ledger('1.csv') })
  expect(report).toMatchObject({ inserted: 1, besideDemo: false })
  expect(report.rowNotes.map(({ label }) => label.zh).join()).toContain('位置落在演示街道内')
  expect(await describeDemo(held.database)).toEqual({ streets: 1, imported: 1 })
})

test('beside areas of its ground it is not drawn, holds no position, and its removal is offered', async () => {
  const [lon, lat] = middle
  const ring = [
    [lon - 0.001, lat - 0.001],
    [lon + 0.001, lat - 0.001],
    [lon + 0.001, lat + 0.001],
    [lon - 0.001, lat + 0.001],
    [lon - 0.001, lat - 0.001],
  ].map((corner) => corner.join(' '))
  const file = inMemory('网格.csv', `网格编码,名称,wkt\n420102012001001,一网格,"POLYGON ((${ring.join(', ')}))"\n`)
  expect(await runImport(held.database, { collection: 'grids', file })).toMatchObject({ inserted: 1, besideDemo: true })
  expect(await drawn()).toEqual({ base: 0, buildings: 0 })
  const [first] = (await held.database.begin((transaction) => getStatus(transaction, openScope))).streets
  expect(first).toMatchObject({ code: '420102012', demo: false })

  await runImport(held.database, { collection: 'incidents', file: ledger('2.csv') })
  expect(await held.database`select street_code from incident where number = '2.csv'`).toEqual([
    { streetCode: '420102012' },
  ])
  const beside = inMemory('3.csv', `编号,标题,经度,纬度,时间\n3,漏水,${lon + 0.004},${lat},2024-05-01\n`)
  expect(await runImport(held.database, { collection: 'incidents', file: beside })).toMatchObject({ rejected: 1 })
})

test('removed, it leaves nothing, and what is real stays', async () => {
  const versions = async () =>
    (await held.database`select collection, version from collection_version order by 1`).map(({ version }) =>
      Number(version),
    )
  const before = await versions()
  await held.database`
    insert into address_answer (street_code, address, target, import_batch) values ('990101001', '某处', '', 1)`
  expect(await removeDemo(held.database, systemActor)).toBe(1)
  expect((await versions()).map((version, index) => version > (before[index] ?? 0))).toEqual(Array(6).fill(true))
  for (const table of [
    'building',
    'household',
    'resident',
    'base_feature',
    'facility',
    'staff',
    'address_answer',
    'demo_state',
  ])
    expect([table, await rowsOf(table)]).toEqual([table, 0])
  expect(await held.database`select number from incident`).toEqual([{ number: '2.csv' }])
  expect(await held.database`select distinct street_code from area`).toEqual([{ streetCode: '420102012' }])
  expect(await held.database`select from import_before where street_code like '99%'`).toEqual([])
  expect(await checkCounts(held.database)).toEqual([])
  const imports = await held.database.begin((transaction) => listImports(transaction))
  expect(imports.map(({ file, undoable }) => [file, undoable])).toEqual([
    ['2.csv', true],
    ['网格.csv', true],
    ['1.csv', false],
  ])
  expect(await describeDemo(held.database)).toEqual({ streets: 0, imported: 0 })
  expect(await removeDemo(held.database, systemActor)).toBe(0)
})
