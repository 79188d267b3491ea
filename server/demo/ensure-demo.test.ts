import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { ensureDemo } from './ensure-demo.ts'
import { removeDemo } from './demo-state.ts'

const street = '990101001'
const begun = new Date('2026-11-21T09:30:00+08:00')
const later = new Date('2026-11-23T21:00:00+08:00')
const latest = new Date('2026-12-03T10:00:00+08:00')

let carried: TestDatabase
let atOnce: TestDatabase
beforeAll(async () => {
  carried = await createTestDatabase()
  atOnce = await createTestDatabase()
  await ensureDemo(carried.database, systemActor, { asOf: begun })
}, 120_000)
afterAll(async () => {
  await carried.close()
  await atOnce.close()
})

async function count({ database }: TestDatabase, table: string): Promise<number> {
  const [row] = await database<{ count: number }[]>`select count(*) from ${database(table)}`
  return row?.count ?? 0
}

test('the first start makes everything', async () => {
  expect(await count(carried, 'area')).toBe(68)
  expect(await count(carried, 'building')).toBeGreaterThan(1805)
  expect(await count(carried, 'household')).toBe(20_000)
  expect(await count(carried, 'resident')).toBeGreaterThan(54_000)
  expect(await count(carried, 'incident')).toBeGreaterThan(8550)
  expect(await count(carried, 'base_feature')).toBeGreaterThan(500)
  expect(await count(carried, 'facility')).toBeGreaterThan(125)
})

test('the planner knows the tables at once', async () => {
  const unknown = await carried.database<{ table: string }[]>`
    select relname as table from pg_class where relkind = 'r' and reltuples < 1 and relname in ('area', 'building', 'incident', 'incident_step')`
  expect(unknown).toEqual([])
})

test('buildings and incidents lie in the grid that they name', async () => {
  const [row] = await carried.database<{ lost: number }[]>`
    select count(*) as lost from incident i left join area a on a.code = i.grid_code
    where a.code is null or not a.extent @> box(i.position, i.position)`
  expect(row?.lost).toBe(0)
})

test('a start at the same instant changes nothing', async () => {
  expect(await ensureDemo(carried.database, systemActor, { asOf: begun })).toMatchObject({ outcome: 'left_alone' })
})

test('a later start carries on to what would have been made at once', async () => {
  const [taken] = await carried.database<{ number: string }[]>`
    select number from incident where status = '50' order by reported_at desc limit 1`
  // Somebody has taken this incident up: its script must not move it any more.
  await carried.database`
    insert into incident_step (street_code, number, sequence, position, from_status, to_status, at, action, actor_id, actor_role)
    select street_code, number, max(sequence) + 1,
      (select max(position) + 1 from incident_step where street_code = ${street}), '50', '60', ${begun.toISOString()},
      'finish', 'somebody', 'grid_worker'
    from incident_step where street_code = ${street} and number = ${taken?.number ?? ''} group by street_code, number`
  await carried.database`update log_head set position = position + 1 where street_code = ${street}`
  await carried.database`update incident set status = '60' where street_code = ${street} and number = ${taken?.number ?? ''}`

  // A file has made this one more urgent, which is no step of it.
  const [changed] = await carried.database<{ number: string }[]>`
    select number from incident where status = '50' and risk = 'blue' and number <> ${taken?.number ?? ''}
    order by reported_at desc limit 1`
  const urgent = changed?.number ?? ''
  await carried.database`
    insert into import_before (street_code, batch, collection, key, area_code, before, version)
    values (${street}, 1, 'incident', ${urgent}, ${street}, '{}', 2)`
  await carried.database`update incident set urgency = '3' where street_code = ${street} and number = ${urgent}`

  expect(await ensureDemo(carried.database, systemActor, { asOf: later })).toMatchObject({ outcome: 'carried_on' })
  await ensureDemo(atOnce.database, systemActor, { asOf: later })
  const left = [taken?.number ?? '', urgent]
  const read = ({ database }: TestDatabase) => database`
    select number, type, channel, status, risk, urgency, title, text, reported_at, due_at, closed_at, building_code from incident
    where reported_at > '2025-06-01' and number <> all(${left}) order by number`
  expect(await read(carried)).toEqual(await read(atOnce))
  const stepsOf = ({ database }: TestDatabase) => database`
    select number, sequence, action, actor_role, content, unit, to_status, opinion, due_at, at from incident_step
    where at > '2026-11-01' and number > '2026' and number <> all(${left}) order by number, sequence`
  expect(await stepsOf(carried)).toEqual(await stepsOf(atOnce))
  for (const table of ['incident_task', 'incident_party']) {
    const rowsOf = ({ database }: TestDatabase) => database`
      select * from ${database(table)} where number > '2026' and number <> all(${left}) order by number, 2, 3`
    expect([table, await rowsOf(carried)]).toEqual([table, await rowsOf(atOnce)])
  }
  // Also when its script would have come as far as what was done.
  await ensureDemo(carried.database, systemActor, { asOf: latest })
  const [urgency] = await carried.database`select urgency from incident where number = ${urgent}`
  expect(urgency).toEqual({ urgency: '3' })
  const [standing] = await carried.database<{ status: string; steps: number; by: string }[]>`
    select i.status, count(*)::integer as steps, max(s.actor_id) as by from incident i
      join incident_step s using (street_code, number)
    where street_code = ${street} and number = ${taken?.number ?? ''} group by i.status`
  const [before] = await carried.database<{ steps: number }[]>`
    select sequence as steps from incident_step where number = ${taken?.number ?? ''} and actor_id = 'somebody'`
  expect(standing).toEqual({ status: '60', steps: before?.steps, by: 'somebody' })
}, 120_000)

test('positions of the log have no gap and follow time', async () => {
  const [log] = await carried.database<{ steps: number; last: number; head: number }[]>`
    select count(*) as steps, max(position) as last,
      (select position from log_head where street_code = ${street}) as head from incident_step`
  expect([log?.last, log?.head]).toEqual([log?.steps, log?.steps])
  const [row] = await atOnce.database<{ backwards: number }[]>`
    select count(*) as backwards from incident_step a
    join incident_step b on b.street_code = a.street_code and b.position = a.position + 1 where b.at < a.at`
  expect(row?.backwards).toBe(0)
})

test('every incident stands where its last step has led it', async () => {
  const [row] = await atOnce.database<{ wrong: number }[]>`
    select count(*) as wrong from incident i join (
      select distinct on (street_code, number) street_code, number, to_status from incident_step
      order by street_code, number, sequence desc
    ) last using (street_code, number) where i.status <> last.to_status`
  expect(row?.wrong).toBe(0)
})

test('another model is made again, a removed demo leaves nothing, a real street is left alone', async () => {
  await atOnce.database`update demo_state set model = 0`
  expect(await ensureDemo(atOnce.database, systemActor, { asOf: later })).toMatchObject({ outcome: 'made' })
  expect(await removeDemo(atOnce.database, systemActor)).toBe(1)
  for (const table of ['area', 'building', 'incident', 'incident_step', 'resident', 'base_feature', 'demo_state'])
    expect(await count(atOnce, table)).toBe(0)
  expect(await removeDemo(atOnce.database, systemActor)).toBe(0)
  await atOnce.database`
    insert into area (code, level, street_code, name, area_m2, geometry, extent, center, source)
    values ('420102012', 'street', '420102012', '某街道', 1, '{}', '(1,1),(0,0)', '(0,0)', 'import:test')`
  expect(await ensureDemo(atOnce.database, systemActor, { asOf: later })).toMatchObject({ outcome: 'left_alone' })
  expect(await count(atOnce, 'incident')).toBe(0)
}, 120_000)
