import { boardFigures, type FigureBoard } from '@minqing/data/domain/figure-board'
import type { FigureCases, Figures } from '@minqing/data/domain/figure-answers'
import {
  type FigureName,
  type FigurePart,
  type FigureValue,
  figureNames,
  figureOf,
  firstTimes,
} from '@minqing/data/domain/figures'
import type { RoleName } from '@minqing/data/domain/role'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { mostCases } from '../../server/figures/asked-streets.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { at, writeWorld } from './figures-world.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { communities, grids, insertAreas, street } from './world.ts'

let held: TestDatabase
let served: ServedApi
/** When everything of this world has happened. */
const clock = new Date('2026-04-15T12:00:00+08:00')

beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  await writeWorld(held.database)
  served = await serveOn(held.database, { clock: () => clock })
})
afterAll(async () => {
  await served.close()
  await held.close()
})

const march = 'from=2026-03-01&to=2026-03-31'
const figures = (query: string, from = served) => from.getJson<Figures>(`/figures?${query}`)
const cases = (figure: FigureName, part: FigurePart, query: string, from = served) =>
  from.getJson<FigureCases>(`/figures/${figure}/cases?part=${part}&${query}`)
const numbersOf = async (...asked: Parameters<typeof cases>) =>
  (await cases(...asked)).cases.map(({ number }) => number).toSorted()

/** `numerator/denominator`, or the count alone. */
function written(values: readonly FigureValue[]): Partial<Record<FigureName, string>> {
  return Object.fromEntries(
    values.map(({ figure, numerator, denominator, unknown }) => [
      figure,
      `${numerator}${denominator === null ? '' : `/${denominator}`}${unknown === 0 ? '' : ` +${unknown}`}`,
    ]),
  )
}

const seriousEvents = figureNames.filter((name) => figureOf(name).group === 'serious')
const noSeriousEvents = Object.fromEntries(seriousEvents.map((name) => [name, '0']))

describe('the figures of a month', () => {
  test('are those counted by hand', async () => {
    const { current, periods } = await figures(march)
    expect(periods).toEqual({
      current: { from: '2026-03-01', to: '2026-03-31', asOf: clock.toISOString() },
      previous: { from: '2026-02-01', to: '2026-02-28', asOf: at('2026-03-15T12:00').toISOString() },
      lastYear: { from: '2025-03-01', to: '2025-03-31', asOf: at('2025-04-15T12:00').toISOString() },
    })
    expect(written(current)).toEqual({
      reported: '5',
      valid_share: '4/5',
      accepted: '4',
      acceptance: '4/4',
      overdue: '2/3',
      completion: '2/4',
      mediation_success: '1/3',
      disputes_resolved: '1',
      solved: '1/2',
      due_closed: '2/4',
      due_on_time: '1/4',
      response: '1/2',
      extension: '1/4',
      returned: '1/4',
      rework: '1/2',
      closed: '2',
      participation: '2/2',
      satisfaction: '1/2',
      follow_up: '1/2',
      first_visit: '1/2',
      relapse: '0/2',
      ...noSeriousEvents,
    })
  })

  test('stand beside those of the month before and of a year ago', async () => {
    const { previous, lastYear } = await figures(march)
    expect(written(previous)).toMatchObject({
      reported: '1',
      accepted: '1',
      completion: '0/1',
      closed: '1',
      relapse: '1/1',
      solved: '0/1',
      follow_up: '0/1',
      response: '1/1',
      due_closed: '0/0',
    })
    expect(written(lastYear)).toMatchObject({ reported: '1', completion: '1/1', solved: '1/1', overdue: '0/0' })
  })

  test('say of how many cases a file left something out', async () => {
    const { current, groups } = await figures('from=2026-01-01&to=2026-01-31&by=area')
    expect(written(current)).toMatchObject({
      completion: '1/1',
      acceptance: '0/0 +1',
      criminal: '0 +1',
      petition_city: '0',
      mediation_success: '0/0 +1',
      disputes_resolved: '0 +1',
      solved: '0/0 +1',
      due_on_time: '1/1',
      response: '0/0 +1',
      extension: '0/0 +1',
      follow_up: '1/1',
      participation: '0/1',
    })
    expect(groups.map(({ key }) => key)).toEqual([street])
    const below = await figures(`from=2026-01-01&to=2026-01-31&by=area&area=${street}`)
    expect(below.groups.map(({ key }) => key)).toEqual(['none'])
    expect(await numbersOf('solved', 'unknown', `from=2026-01-01&to=2026-01-31`)).toEqual(['H'])
    expect(
      await numbersOf('closed', 'numerator', `from=2026-01-01&to=2026-01-31&area=${street}&by=area&key=none`),
    ).toEqual(['H'])
  })

  test('are null where nothing is divided', async () => {
    const { current } = await figures('from=2024-01-01&to=2024-01-31')
    for (const { figure, value, numerator, denominator } of current) {
      expect([numerator, denominator ?? 0], figure).toEqual([0, 0])
      expect(value, figure).toBe(
        ['reported', 'accepted', 'closed', 'disputes_resolved', 'overdue', ...seriousEvents].includes(figure)
          ? 0
          : null,
      )
    }
  })

  test('are as they were known: what was recorded later does not count', async () => {
    const known = async (asOf: string) => written((await figures(`${march}&asOf=${at(asOf).toISOString()}`)).current)
    expect(await known('2026-03-05T14:59')).toMatchObject({
      reported: '3',
      completion: '0/3',
      rework: '0/0',
      overdue: '0/3',
      mediation_success: '0/2',
      closed: '0',
    })
    expect(await known('2026-03-06T08:59')).toMatchObject({ completion: '0/3', rework: '0/1', extension: '0/0' })
    expect(await known('2026-03-06T09:00')).toMatchObject({ completion: '1/3', participation: '0/1' })
    // Nobody knew yet that it would be closed late, nor that it would have to be done again.
    expect(await known('2026-03-10T10:00')).toMatchObject({ rework: '0/2', due_on_time: '0/1', overdue: '1/2' })
    // A month that runs is compared with the same part of the month before.
    const { periods } = await figures(`${march}&asOf=${at('2026-03-06T08:59').toISOString()}`)
    expect(periods).toMatchObject({
      current: { from: '2026-03-01', to: '2026-03-06' },
      previous: { from: '2026-02-01', to: '2026-02-06' },
      lastYear: { from: '2025-03-01', to: '2025-03-06' },
    })
  })

  test('are counted at the limit of a response to the second', async () => {
    // Signed at ten: the time is over two hours later.
    const responses = async (asOf: string) =>
      written((await figures(`from=2026-03-03&to=2026-03-03&asOf=${asOf}`)).current).response
    expect(await responses('2026-03-03T04:00:00Z')).toBe('0/0')
    expect(await responses('2026-03-03T04:00:01Z')).toBe('0/1')
  })
})

describe('divided', () => {
  const groupsOf = async (query: string, figure: FigureName) =>
    (await figures(query)).groups.map(({ key, name, figures: own }) => [key, name, written(own)[figure]])

  test('by the areas below', async () => {
    expect(await groupsOf(`${march}&by=area&area=${street}`, 'accepted')).toEqual([
      [communities[0], '区域001', '3'],
      [communities[1], '区域002', '1'],
    ])
    expect(await groupsOf(`${march}&by=area&area=${communities[0]}`, 'overdue')).toEqual([
      [grids[0], '区域001001', '0/0'],
      [grids[1], '区域001002', '2/2'],
    ])
  })

  test('by type, channel and unit', async () => {
    expect(await groupsOf(`${march}&by=type`, 'completion')).toEqual([
      ['D02', null, '1/1'],
      ['D06', null, '1/1'],
      ['D14', null, '0/1'],
      ['E03', null, '0/1'],
      ['E04', null, '0/0'],
    ])
    expect(await groupsOf(`${march}&by=channel`, 'reported')).toEqual([
      ['hotline_12345', null, '1'],
      ['walk_in', null, '4'],
    ])
    expect(await groupsOf(`${march}&by=unit`, 'returned')).toEqual([
      ['none', null, '0/0'],
      ['街道司法所', null, '1/4'],
    ])
  })
})

describe('the board of a month', () => {
  const board = async (query: string, from = served) => {
    const { communities: rows } = await from.getJson<FigureBoard>(`/figures/board?${query}`)
    for (const { figures: own } of rows) expect(own.map(({ figure }) => figure)).toEqual(boardFigures)
    return rows.map(({ code, figures: own, isCleared, streak, firstTimes: times }) => {
      expect(times.map(({ figure }) => figure)).toEqual(firstTimes)
      const { accepted, closed, disputes_resolved: resolved, overdue } = written(own)
      return [code, accepted, closed, resolved, overdue, isCleared, streak, ...times.map(({ median }) => median)]
    })
  }

  test('shows each community, for how long it has been clear and how soon its cases were attended to', async () => {
    expect(await board(`area=${street}&month=2026-03`)).toEqual([
      // C was extended to the 20th; F has been due again since the 20th.
      [communities[0], '3', '2', '1', '2/2', false, 0, 10, 105, 10_070, 8700],
      // Since March of the year before, the month of its first case.
      [communities[1], '1', '0', '0', '0/1', true, 13, 10, null, null, null],
    ])
    // B was due on the 6th and closed on the 13th: nothing of it is left at the end of a month.
    expect(await board(`area=${communities[0]}&month=2026-02`)).toEqual([
      [communities[0], '1', '1', '0', '0/0', true, 1, 10, 60, null, null],
    ])
    expect(
      (await board(`month=2026-03&asOf=2026-03-10T00:00:00Z`)).map(([, , , , overdue, , streak]) => [overdue, streak]),
    ).toEqual([
      ['1/2', 0],
      ['0/0', 13],
    ])
  })

  test('agrees in its streaks with what is overdue in each month, as known at any time', async () => {
    const rows = ['2026-02', '2026-03', '2026-04'].flatMap((month) =>
      ['05', '12', '19', '28'].map((day) => board(`month=${month}&asOf=${month}-${day}T00:00:00Z`)),
    )
    // Before its first case a community has no streak.
    const compared = (await Promise.all(rows))
      .flat()
      .filter(([code, accepted]) => code === communities[1] || accepted !== '0')
    expect(compared.length).toBeGreaterThan(12)
    for (const [code, , , , overdue, isCleared, streak] of compared)
      expect([isCleared, Number(streak) > 0], `${code} ${overdue}`).toEqual([
        String(overdue).startsWith('0/'),
        String(overdue).startsWith('0/'),
      ])
  })

  test('is that of the own communities', async () => {
    const own = await serveOn(held.database, {
      actor: actorAs({ id: 'grid' }, 'grid_worker', [grids[3]!]),
      clock: () => clock,
    })
    expect((await board('month=2026-03', own)).map(([code, accepted]) => [code, accepted])).toEqual([
      [communities[1], '0'],
    ])
    await own.close()
  })
})

describe('every number', () => {
  const parts = ['numerator', 'denominator', 'unknown'] as const

  test('is as long as its list, and no numerator exceeds its denominator, in any area, period and at any time', async () => {
    const first = Date.parse('2026-01-01')
    const day = (number: number) => new Date(first + number * 86_400_000).toISOString().slice(0, 10)
    const query = fc
      .record({
        area: fc.constantFrom(street.slice(0, 4), street, ...communities, ...grids),
        from: fc.nat({ max: 80 }),
        days: fc.nat({ max: 60 }),
        known: fc.nat({ max: 60 * 24 }),
      })
      .map(({ area, from, days, known }) => {
        const asOf = new Date(first + from * 86_400_000 + known * 3_600_000).toISOString()
        return `area=${area}&from=${day(from)}&to=${day(from + days)}&asOf=${asOf}`
      })
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const { current } = await figures(asked)
        for (const value of current) {
          const { figure, numerator, denominator } = value
          expect(numerator, figure).toBeLessThanOrEqual(denominator ?? Infinity)
          for (const part of parts)
            expect((await cases(figure, part, asked)).cases, `${figure} ${part}`).toHaveLength(value[part] ?? 0)
        }
      }),
      { numRuns: 8, examples: [[march]] },
    )
  })

  test('opens its cases, of a group too, page by page and without words about persons', async () => {
    expect(await numbersOf('overdue', 'numerator', march)).toEqual(['C', 'F'])
    expect(await numbersOf('due_on_time', 'denominator', march)).toEqual(['A', 'B', 'C', 'F'])
    expect(await numbersOf('accepted', 'numerator', `${march}&by=type&key=D14`)).toEqual(['D'])
    expect(await numbersOf('overdue', 'numerator', `${march}&by=area&key=${communities[1]}&area=${street}`)).toEqual([])
    const first = await cases('reported', 'numerator', `${march}&limit=2`)
    expect(first.cases.map(({ number }) => number)).toEqual(['E', 'D'])
    const second = await cases('reported', 'numerator', `${march}&limit=2&after=${first.next}`)
    expect(second.cases.map(({ number }) => number)).toEqual(['C', 'B'])
    const third = await cases('reported', 'numerator', `${march}&limit=2&after=${second.next}`)
    expect([third.cases.map(({ number }) => number), third.next]).toEqual([['A'], null])
    expect(JSON.stringify(first)).not.toContain('标记')
    expect(second.cases[0]).toEqual({
      streetCode: street,
      number: 'C',
      type: 'E03',
      channel: 'walk_in',
      status: '45',
      areaCode: grids[1],
      areaName: '区域001002',
      unit: '街道司法所',
      reportedAt: '2026-03-05T01:00:00.000Z',
      dueAt: '2026-03-20T10:00:00.000Z',
      closedAt: null,
    })
  })
})

describe('who asks', () => {
  const asked = async (role: RoleName, areas: string[]) => {
    const own = await serveOn(held.database, { actor: actorAs({ id: role }, role, areas), clock: () => clock })
    const response = await own.get(`/figures?${march}`)
    const list = await own.get(`/figures/reported/cases?${march}`)
    const body = response.ok ? written(((await response.json()) as Figures).current) : {}
    const listed = list.ok ? ((await list.json()) as FigureCases).cases.map(({ number }) => number).toSorted() : []
    await own.close()
    return { statuses: [response.status, list.status], reported: body.reported, satisfied: body.satisfaction, listed }
  }

  test.each<[RoleName, string[], string, string]>([
    ['centre_lead', ['all'], 'ABCDE', '1/2'],
    ['duty_officer', [street], 'ABCDE', '1/2'],
    ['supervisor', [street.slice(0, 6)], 'ABCDE', '1/2'],
    ['department', [street], 'ABCDE', '1/2'],
    // Ratings are contents of steps, which analysts do not see: they see what is counted of them.
    ['analyst', [street], 'ABCDE', '1/2'],
    ['community', [communities[0]!], 'ABC', '1/2'],
    ['mediator', [communities[1]!, grids[1]!], 'CDE', '0/0'],
    ['grid_worker', [grids[2]!], 'D', '0/0'],
  ])('%s of %s sees those of their areas', async (role, areas, listed, satisfied) => {
    expect(await asked(role, areas)).toEqual({
      statuses: [200, 200],
      reported: String(listed.length),
      satisfied,
      listed: Array.from(listed),
    })
  })

  test.each<[RoleName]>([['administrator'], ['auditor'], ['wall']])('%s sees none', async (role) => {
    expect((await asked(role, ['all'])).statuses).toEqual([403, 403])
  })
})

test('says what is wrong with a question', async () => {
  const problem = async (query: string) => {
    const response = await served.get(`/figures?${query}`, { 'accept-language': 'zh' })
    return { status: response.status, body: (await response.json()) as { parameter: string; remedy: string } }
  }
  expect(await problem('from=2026-03-31&to=2026-03-01')).toMatchObject({ status: 400, body: { parameter: 'to' } })
  expect(await problem('from=2000-01-01&to=2026-03-01')).toMatchObject({ status: 400, body: { parameter: 'to' } })
  expect(await problem('from=2026-05-01&to=2026-05-31')).toMatchObject({ status: 400, body: { parameter: 'from' } })
  expect(await problem('from=0000-01-01&to=0000-01-31')).toMatchObject({ status: 400, body: { parameter: 'from' } })
  expect(await problem('asOf=9999-12-31T23:59:59Z')).toMatchObject({ status: 400, body: { parameter: 'asOf' } })
  expect(await problem('asOf=now')).toMatchObject({ status: 400, body: { parameter: 'asOf' } })
  expect((await served.get('/figures/board?month=0000-01')).status).toBe(400)
  expect(await problem('from=3.3.2026')).toMatchObject({
    status: 400,
    body: { parameter: 'from', remedy: expect.stringContaining('2026-10-01') },
  })
})

test('agrees with what the other screens count as overdue', async () => {
  const { overdue } = await served.getJson<{ overdue: number }>(`/summary?area=${street}`)
  const { current } = await figures('from=2026-04-01&to=2026-04-30')
  expect(current.find(({ figure }) => figure === 'overdue')?.numerator).toBe(overdue)
})

test('refuses what cannot be read at once, and says what to do', async () => {
  // As many cases as a city has, of which nothing but the count is needed here.
  await held.database`
    insert into incident_month (street_code, month, total) values ('960101777', '2026-03-01', ${mostCases + 1})`
  try {
    const response = await served.get(`/figures?area=9601&${march}`, { 'accept-language': 'zh' })
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ parameter: 'area', remedy: '请选择更小的范围，例如一个社区或网格' }),
    ])
    expect((await served.get(`/figures?area=${street}&${march}`)).status).toBe(200)
  } finally {
    await held.database`delete from incident_month where street_code = '960101777'`
  }
})
