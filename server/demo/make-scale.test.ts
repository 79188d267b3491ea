import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { checkCounts } from '../counts/check-counts.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { ensureDemo } from './ensure-demo.ts'
import { makeScale } from './make-scale.ts'
import { makeStreetText } from './make-street-text.ts'
import { removeDemo } from './demo-state.ts'

const asOf = new Date('2026-11-21T09:30:00+08:00')

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())

async function streets(): Promise<Map<string, number>> {
  const rows = await world.database<{ streetCode: string; count: number }[]>`
    select street_code, count(*) from incident group by street_code`
  return new Map(rows.map(({ streetCode, count }) => [streetCode, count]))
}

test('a district that is stopped keeps its whole streets, and goes on with the next', async () => {
  const { database } = world
  const stopping = new AbortController()
  let reports = 0
  const report = () => {
    reports++
    if (reports === 1) stopping.abort()
  }
  // Enough for what is older than 60 days, and has fewer words and no steps.
  const options = { scale: 'district', seed: 3, asOf, months: 4 } as const
  await expect(makeScale(database, systemActor, { ...options, report, signal: stopping.signal })).rejects.toThrow(
    /abort/i,
  )
  expect([...(await streets()).keys()]).toEqual(['990101001'])
  // A start leaves it alone.
  expect(await ensureDemo(database, systemActor, { asOf })).toMatchObject({ outcome: 'left_alone' })

  const again = new AbortController()
  const went = makeScale(database, systemActor, { ...options, report: () => again.abort(), signal: again.signal })
  await expect(went).rejects.toThrow(/abort/i)
  const there = await streets()
  expect([...there.keys()].toSorted()).toEqual(['990101001', '990101002'])
  for (const count of there.values()) expect(count).toBeGreaterThan(3000)
  expect(await checkCounts(database)).toEqual([])
  const [log] = await database<{ steps: number; head: number }[]>`
    select steps, head from (select count(*) as steps from incident_step) s, (select sum(position)::bigint as head from log_head) h`
  expect(log?.steps).toBe(log?.head)

  expect(await removeDemo(database, systemActor)).toBe(2)
  expect((await streets()).size).toBe(0)
  expect(await checkCounts(database)).toEqual([])
}, 240_000)

test('a street of a district has five years of incidents, the steps of the last ones alone', () => {
  const { incidents, steps } = makeStreetText({ scale: 'district', seed: 3, index: 1, asOf: asOf.toISOString() })
  expect(incidents).toBeGreaterThan(45_000)
  expect(steps).toBeGreaterThan(5000)
  expect(steps).toBeLessThan(incidents / 2)
})
