import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { runImport } from './test-import.ts'

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
  // The database shall not look by itself meanwhile. A statement of the test, not of the product.
  const owner = connect({ url: world.url, poolSize: 1 })
  for (const table of ['incident', 'incident_step'])
    await owner.unsafe(`alter table ${table} set (autovacuum_enabled = false)`)
  await owner.end()
})
afterAll(() => world.close())

/** Rows that the planner takes a table to have; −1 where it knows nothing. */
async function estimated(table: string): Promise<number> {
  const [row] = await world.database<{ rows: number }[]>`
    select reltuples::float8 as rows from pg_class where oid = ${table}::regclass`
  return row!.rows
}

const ledger = (first: number, count: number) =>
  `编号,发生时间\n${Array.from({ length: count }, (_, index) => `${first + index},2026-03-01 08:00`).join('\n')}\n`
const importLedger = (first: number, count: number) =>
  runImport(world.database, {
    collection: 'incidents',
    file: inMemory('台账.csv', ledger(first, count)),
    street: '420102012=测试街道',
  })

test('the planner knows what an import has written as soon as it is written, where that is much', async () => {
  expect(await estimated('incident')).toBe(-1)
  await importLedger(1, 100)
  expect(await estimated('incident')).toBe(-1)
  await importLedger(101, 2000)
  for (const table of ['incident', 'incident_step']) expect(await estimated(table)).toBe(2100)
  // Less than a tenth more.
  await importLedger(3001, 150)
  expect(await estimated('incident')).toBe(2100)
})

test('nothing else is looked at', async () => {
  await expect(
    world.database.begin((transaction) => transaction`select analyze_written(1000, array['account'])`),
  ).rejects.toThrow('account is no table of imports')
})
