import { channels } from '@minqing/data/domain/channel'
import { type IncidentStatus, incidentStatuses, isCounted, openStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { risks } from '@minqing/data/domain/risk'
import { Random } from '@minqing/data/stats/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Transaction } from '../store/connect.ts'
import { migrate } from '../migrations/migrate.ts'
import { openScope, readAs, type Scope } from '../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { getSummary } from '../summary/get-summary.ts'
import { CellCache } from './cell-cache.ts'
import { checkCounts } from './check-counts.ts'
import { countIncidents, recountAll } from './count-incidents.ts'
import { countMoved, findCounted } from './count-moved.ts'
import { countLayout } from './layout.ts'
import { countOverdue } from './overdue.ts'
import { sumTotals } from './totals.ts'

const streets = ['990101001', '990101002', '990203001']
const now = new Date('2026-03-10T12:00:00+08:00')

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())

const random = new Random(7, 'counts')
const numbers: string[] = []
let made = 0

/** Around the turns of local months, where the local day differs from the day in UTC. */
function anyInstant(): string {
  const month = random.whole(0, 5)
  const turn = Date.parse('2025-10-01T00:00:00+08:00') + month * 30.4 * 86_400_000
  return new Date(
    turn + random.whole(-40, 40) * 3_600_000 + random.whole(0, 1) * random.whole(0, 20 * 86_400_000),
  ).toISOString()
}

function anyCase() {
  const street = random.pick(streets)
  const place = random.pick(['grid', 'grid', 'community', 'none'])
  const community = `${street}${random.pick(['000', '001', '999'])}`
  return {
    street,
    community: place === 'none' ? null : community,
    grid: place === 'grid' ? `${community}${random.pick(['001', '002', '000', '999'])}` : null,
    type: random.pick(incidentTypes),
    channel: random.pick(channels),
    status: random.pick(incidentStatuses),
    risk: random.pick(risks),
    at: anyInstant(),
    due: random.chance(0.7) ? anyInstant() : null,
  }
}

async function insert(transaction: Transaction, more: { status?: IncidentStatus } = {}): Promise<void> {
  const one = { ...anyCase(), ...more }
  const number = `N${made++}`
  numbers.push(number)
  await transaction`
    insert into incident (street_code, number, community_code, grid_code, type, channel, status, risk, title,
      happened_at, reported_at, due_at, source)
    values (${one.street}, ${number}, ${one.community}, ${one.grid}, ${one.type}, ${one.channel}, ${one.status},
      ${one.risk}, '', ${one.at}, ${one.at}, ${one.due}, 'test')`
  await countIncidents(transaction, transaction`select street_code, reported_at from incident where number = ${number}`)
}

async function change(transaction: Transaction): Promise<void> {
  const one = anyCase()
  const number = random.pick(numbers)
  await transaction`
    create temp table before on commit drop as select street_code, reported_at from incident where number = ${number}`
  await transaction`
    update incident set type = ${one.type}, status = ${one.status}, risk = ${one.risk}, reported_at = ${one.at},
      grid_code = null, community_code = null where street_code = any(${streets}) and number = ${number}`
  await countIncidents(
    transaction,
    transaction`select * from before union all select street_code, reported_at from incident where number = ${number}`,
  )
}

/** Within its month: what a step changes. */
async function move(transaction: Transaction, number = random.pick(numbers)): Promise<void> {
  const one = anyCase()
  const [row] = await transaction<{ streetCode: string }[]>`
    select street_code from incident where number = ${number}`
  const street = row!.streetCode
  await transaction`select from incident where street_code = ${street} and number = ${number} for update`
  const before = await findCounted(transaction, street, number)
  await transaction`
    update incident set type = ${one.type}, status = ${one.status}, risk = ${one.risk}, due_at = ${one.due}
    where street_code = ${street} and number = ${number}`
  await countMoved(transaction, street, number, before, await findCounted(transaction, street, number))
}

async function remove(transaction: Transaction): Promise<void> {
  const gone = numbers.splice(random.whole(0, numbers.length - 1), 1)
  await transaction`create temp table gone on commit drop as select street_code, reported_at from incident where number = any(${gone})`
  await transaction`delete from incident where street_code = any(${streets}) and number = any(${gone})`
  await countIncidents(transaction, transaction`select * from gone`)
}

test('after any inserts, changes and deletes, also undone ones, the counts are what a recount says', async () => {
  for (let round = 0; round < 30; round++) {
    const undo = random.chance(0.2)
    const known = [...numbers]
    // Each round builds on the one before.
    await world.database
      .begin(async (transaction) => {
        const step = round < 6 || random.chance(0.5) ? insert : random.pick([change, remove])
        for (let i = 0; i < (step === insert ? 12 : 1); i++) await step(transaction)
        if (undo) throw new Error('undone')
      })
      .catch((error: unknown) => {
        if ((error as Error).message !== 'undone') throw error
        numbers.splice(0, numbers.length, ...known)
      })
    expect(await checkCounts(world.database)).toEqual([])
  }
  expect(numbers.length).toBeGreaterThan(100)
}, 60_000)

test('after any changes of single incidents the counts are what a recount says', async () => {
  for (let round = 0; round < 40; round++) {
    // Each round builds on the one before.
    await world.database.begin((transaction) => move(transaction))
    expect(await checkCounts(world.database)).toEqual([])
  }
}, 60_000)

test('an incident whose month was never counted is counted with the rest of it', async () => {
  await world.database.begin(async (transaction) => {
    const [one] = await transaction<{ streetCode: string; number: string }[]>`
      select street_code, number from incident where status = '50' and risk <> 'red' limit 1`
    const { streetCode, number } = one!
    const counted = await findCounted(transaction, streetCode, number)
    await transaction`delete from incident_month where street_code = ${streetCode} and month = ${counted!.month}`
    await sumTotals(transaction)
    await transaction`update incident set risk = 'red' where street_code = ${streetCode} and number = ${number}`
    const moved = await findCounted(transaction, streetCode, number)
    await countMoved(transaction, streetCode, number, counted, moved)
  })
  expect(await checkCounts(world.database)).toEqual([])
}, 60_000)

test('writers at the same time do not lose each other’s cases', async () => {
  const known = numbers.slice(0, 8)
  await Promise.all([
    ...Array.from({ length: 24 }, () => world.database.begin((transaction) => insert(transaction))),
    ...known.map((number) => world.database.begin((transaction) => move(transaction, number))),
  ])
  expect(await checkCounts(world.database)).toEqual([])
}, 60_000)

/** Smaller than what is asked for, so that months leave it. */
const cells = new CellCache(300)
const narrow: Scope = { role: 'reader', areas: ['990101001001'] }
const filters: IncidentFilter[] = [
  {},
  { area: '99' },
  { area: '990101' },
  { area: '990101001' },
  { area: '990101001001' },
  { area: '99010100100' },
  { area: '990101001001002' },
  { type: ['D02', 'E99', 'D99'] },
  { channel: ['iot', 'department'] },
  { status: ['80', '10'] },
  { risk: ['red'] },
  { risk: ['red'], type: incidentTypes.slice(0, 9) },
  { from: '2025-11-01T00:00:00+08:00', to: '2026-01-01T00:00:00+08:00' },
  { from: '2025-10-31T15:59:59.999Z', to: '2026-01-03T07:00:00Z', type: ['D01', 'E02', 'E03', 'E04'] },
  { from: '2025-12-07T00:00:00+08:00' },
  { to: '2025-12-07T13:00:00+08:00', area: '990101' },
  { from: '2025-12-01T01:00:00+08:00', to: '2025-12-01T09:00:00+08:00' },
]

test.each(filters)('what is overdue at any time of %j is what the rows say', async (filter) => {
  // Some streets were written when cases had not been reported yet, some when all were long overdue.
  await world.database`
    update overdue_horizon set at = case street_code when '990101001' then now() else timestamptz '2025-12-20' end
    where street_code = any(${streets})`
  await world.database.begin(async (transaction) => {
    for (const street of streets) await countOverdue(transaction, street)
  })
  expect(await checkCounts(world.database)).toEqual([])
  const rows = await world.database<Row[]>`select * from incident`
  for (const at of ['2025-10-20T00:00:00Z', '2025-12-19T16:00:00Z', '2026-01-15T00:00:00Z', '2040-01-01T00:00:00Z']) {
    const summary = await readAs(world.database, openScope, (transaction) =>
      getSummary(transaction, filter, new Date(at), { scope: openScope, cells }),
    )
    const late = rows.filter(
      (row) => isOpen(row) && holds(filter, row) && Date.parse(row.dueAt ?? '9999') < Date.parse(at),
    )
    expect(summary.overdue).toBe(late.length)
    const counted = summary.byArea.filter(({ overdue }) => overdue > 0).map(({ code, overdue }) => [code, overdue])
    const placed = late.filter((row) => placeBelow(filter, row) !== undefined)
    const expected = Map.groupBy(placed, (row) => placeBelow(filter, row))
    expect(Object.fromEntries(counted)).toEqual(
      Object.fromEntries([...expected].map(([code, list]) => [code, list.length])),
    )
  }
})

test.each(filters)('the summary of %j from the counts is that of the rows', async (filter) => {
  for (const scope of [openScope, { role: 'reader', areas: ['990101001'] } as const, narrow]) {
    const [summary, rows] = await readAs(world.database, scope, async (transaction) => [
      await getSummary(transaction, filter, now, { scope, cells }),
      await transaction<Row[]>`select *, reported_at at time zone 'Asia/Shanghai' as local from incident`,
    ])
    const meant = rows.filter((row) => holds(filter, row))
    expect(summary.total).toBe(meant.length)
    expect(summary.open).toBe(meant.filter(isOpen).length)
    expect(summary.overdue).toBe(
      meant.filter((row) => isOpen(row) && Date.parse(row.dueAt ?? '9999') < now.getTime()).length,
    )
    const same = (counted: readonly (readonly [string, number])[], of: (row: Row) => string | undefined) => {
      const expected = Map.groupBy(
        meant.filter((row) => of(row) !== undefined),
        of,
      )
      expect(new Map(counted)).toEqual(new Map([...expected].map(([key, list]) => [key, list.length])))
    }
    same(
      summary.byType.map(({ type, count }) => [type, count]),
      ({ type }) => type,
    )
    same(
      summary.byChannel.map(({ channel, count }) => [channel, count]),
      ({ channel }) => channel,
    )
    same(
      summary.byStatus.map(({ status, count }) => [status, count]),
      ({ status }) => status,
    )
    same(
      summary.byRisk.map(({ risk, count }) => [risk, count]),
      ({ risk }) => risk,
    )
    const local = (row: Row) => new Date(Date.parse(row.reportedAt) + 8 * 3_600_000).toISOString()
    same(
      summary.byMonth.filter(({ count }) => count > 0).map(({ month, count }) => [month, count]),
      (row) => local(row).slice(0, 7),
    )
    same(
      summary.byHour
        .map((count, hour) => [String(hour).padStart(2, '0'), count] as const)
        .filter(([, count]) => count > 0),
      (row) => local(row).slice(11, 13),
    )
    same(
      summary.byArea.map(({ code, total }) => [code, total]),
      (row) => placeBelow(filter, row),
    )
  }
})

type Row = {
  streetCode: string
  communityCode: string | null
  gridCode: string | null
  type: string
  channel: string
  status: IncidentStatus
  risk: string
  reportedAt: string
  dueAt: string | null
}

const isOpen = ({ status }: Row) => openStatuses.some((one) => one === status)

/** The area one level below the filter's in which a case lies. */
function placeBelow(filter: IncidentFilter, { streetCode, communityCode, gridCode }: Row): string | undefined {
  const length = [9, 12, 15].find((one) => one > (filter.area ?? '').length) ?? 99
  const code = gridCode ?? communityCode ?? streetCode
  return code.length < length ? undefined : code.slice(0, length)
}

function holds(filter: IncidentFilter, row: Row): boolean {
  const among = (values: readonly string[] | undefined, value: string) => values?.includes(value) ?? true
  const code = row.gridCode ?? row.communityCode ?? row.streetCode
  const at = Date.parse(row.reportedAt)
  return (
    isCounted(row.status) &&
    code.startsWith(filter.area ?? '') &&
    (filter.from === undefined || at >= Date.parse(filter.from)) &&
    (filter.to === undefined || at < Date.parse(filter.to)) &&
    among(filter.type, row.type) &&
    among(filter.channel, row.channel) &&
    among(filter.status, row.status) &&
    among(filter.risk, row.risk)
  )
}

test('rows that were written past the counts are named, and mended', async () => {
  await world.database`update incident set type = 'D07' where street_code = any(${streets}) and number = ${numbers[0]!}`
  await world.database`delete from incident where street_code = any(${streets}) and number = ${numbers[1]!}`
  await world.database`
    update incident set due_at = '2000-01-01' where street_code = any(${streets}) and number = any(${numbers.slice(2)})
      and status = '10'`
  const faults = await checkCounts(world.database)
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['cells', 'overdue', 'total']))
  await world.database.begin(recountAll)
  expect(await checkCounts(world.database)).toEqual([])
})

test('totals that are lost or wrong are computed again from the months', async () => {
  await world.database`delete from incident_total where facet = 'risk'`
  await world.database`update incident_total set sums[1] = sums[1] + 1 where facet = 'type'`
  expect(new Set((await checkCounts(world.database)).map(({ what }) => what))).toEqual(new Set(['total']))
  await world.database.begin(sumTotals)
  expect(await checkCounts(world.database)).toEqual([])
})

test('counts of another layout are counted again when the database is opened, others are left as they are', async () => {
  const { database } = world
  const stored = () => database`select layout, (select max(counted_at) from incident_month) as at from count_layout`
  await database`update count_layout set layout = 'before'`
  await database`update incident_month set cells = counts::bigint[], sums = '{}' where street_code = any(${streets})`
  expect(await checkCounts(database)).not.toEqual([])
  await migrate(database)
  expect(await checkCounts(database)).toEqual([])
  const [after] = await stored()
  expect(after!['layout']).toBe(countLayout)
  await migrate(database)
  expect(await stored()).toEqual([after])
})

test('months that are held in memory are read again once they have changed, and never shown to who may not see them', async () => {
  const held = new CellCache()
  const filter = { type: [...incidentTypes], risk: [...risks] }
  const totalFor = (scope: Scope) =>
    readAs(world.database, scope, async (transaction) => {
      const { total } = await getSummary(transaction, filter, now, { scope, cells: held })
      const [row] = await transaction<
        [{ count: number }]
      >`select count(*) from incident where status not in ('00', '90')`
      return [total, row.count]
    })
  await held.fill(world.database, new AbortController().signal)
  const [before, rows] = await totalFor(openScope)
  expect(before).toBe(rows)
  await world.database.begin((transaction) => insert(transaction, { status: '10' }))
  expect(await totalFor(openScope)).toEqual([before! + 1, rows! + 1])
  const [own, ownRows] = await totalFor({ role: 'reader', areas: ['990203001'] })
  expect(own).toBe(ownRows)
  expect(own).toBeLessThan(before!)
})

test('a cache reads again what it had no room to hold, and nothing else', async () => {
  let fetched = 0
  const database = connect({
    url: world.url,
    onStatement: (statement) => (fetched += statement.includes('array_to_string(cells') ? 1 : 0),
  })
  const [{ all, months }] = await world.database<[{ all: number; months: number }]>`
    select sum(cardinality(cells)) as all, count(*) as months from incident_month`
  const fetches = async (cache: CellCache) => {
    fetched = 0
    for (const streetCode of streets)
      // In an order.
      await readAs(database, openScope, (transaction) =>
        cache.read(transaction, transaction`street_code = ${streetCode}`),
      )
    return fetched
  }
  try {
    expect(months).toBeGreaterThan(streets.length)
    const [roomy, small] = [new CellCache(all), new CellCache(Math.floor(all / 2))]
    expect([await fetches(roomy), await fetches(roomy)]).toEqual([streets.length, 0])
    expect(await fetches(small)).toBe(streets.length)
    // What is read first has left first: in this order nothing is ever found.
    expect(await fetches(small)).toBe(streets.length)
    // Each street has a third; read in the other order, the last one is still there.
    streets.reverse()
    expect(await fetches(small)).toBeLessThan(streets.length)
  } finally {
    await database.end()
  }
})
