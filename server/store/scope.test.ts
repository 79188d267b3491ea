import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Transaction } from './connect.ts'
import { openScope, readAs, wallScope } from './scope.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await createTestDatabase()
  await store.database`
    insert into incident (street_code, number, grid_code, type, channel, title, happened_at, reported_at, source)
    values ('990101001', 'A', '990101001001001', 'D02', 'walk_in', '楼上漏水', now(), now(), 'test'),
           ('990101002', 'B', '990101002001001', 'D02', 'walk_in', '噪声扰民', now(), now(), 'test')`
})
afterAll(() => store.close())

test('a scope sees only the rows of its areas', async () => {
  const numbersIn = async (...areas: string[]) => {
    const rows = await readAs(store.database, { role: 'reader', areas }, (transaction) => {
      return transaction<{ number: string }[]>`select number from incident order by number`
    })
    return rows.map((row) => row.number)
  }
  expect(await numbersIn('all')).toEqual(['A', 'B'])
  expect(await numbersIn('990101002')).toEqual(['B'])
  expect(await numbersIn('990101001001')).toEqual(['A'])
  expect(await numbersIn('990101001001', '990101002')).toEqual(['A', 'B'])
  expect(await numbersIn('990101001002', '990101002')).toEqual(['B'])
  expect(await numbersIn('98')).toEqual([])
  expect(await numbersIn()).toEqual([])
})

test('a connection that set no scope sees nothing', async () => {
  const rows = await store.database.begin(async (transaction) => {
    await transaction`set local role minqing_reader`
    return transaction`select from incident`
  })
  expect(rows).toHaveLength(0)
})

test('the wall counts incidents and cannot read what a person wrote', async () => {
  const counted = await readAs(store.database, wallScope, (transaction) => {
    return transaction<{ count: number }[]>`select count(type) from incident`
  })
  expect(counted[0]?.count).toBe(2)
  const reading = readAs(store.database, wallScope, (transaction) => transaction`select title from incident`)
  await expect(reading).rejects.toThrow(/permission denied/)
})

test('a reader that waits too long gets an error, and the database stops working for them', async () => {
  const asleep = () => store.database`
    select from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()
      and datname = current_database()`
  const reading = readAs(store.database, openScope, (transaction) => transaction`select pg_sleep(600)`, 300)
  await expect(reading).rejects.toMatchObject({ code: 'timeout' })
  await expect.poll(asleep, { timeout: 20_000 }).toHaveLength(0)
})

test('waiting for a connection counts, and whoever was answered takes none', async () => {
  const narrow = connect({ url: store.url, poolSize: 1 })
  const first = readAs(narrow, openScope, (transaction) => transaction`select pg_sleep(0.6)`)
  let worked = false
  const second = readAs(narrow, openScope, async () => (worked = true), 200)
  await expect(second).rejects.toMatchObject({ code: 'timeout' })
  await first
  await narrow`select 1`
  expect(worked).toBe(false)
  await narrow.end()
})

test('a scope that is no code prefix is refused before it reaches the database', async () => {
  const reading = readAs(store.database, { role: 'reader', areas: [`99'; drop table incident --`] }, async () => 1)
  await expect(reading).rejects.toMatchObject({ code: 'bad_parameter' })
})

test('who reads at the pace of a slow client gets the last row as well', async () => {
  const hurried = connect({ url: store.url, statementTimeout: 1_000 })
  const slowly = async (transaction: Transaction) => {
    let rows = 0
    for await (const some of transaction`select pg_sleep(0.001) from generate_series(1, 60)`.cursor(20)) {
      rows += some.length
      await delay(400)
    }
    return rows
  }
  expect(await readAs(hurried, openScope, slowly, Infinity)).toBe(60)
  await hurried.end()
})
