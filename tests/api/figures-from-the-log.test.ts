/** Serious events and first times of random cases, against a count that reads the whole log case by case. */
import type { FigureCases, Figures } from '@minqing/data/domain/figure-answers'
import { type FigureName, figureNames, figureOf, firstTimes } from '@minqing/data/domain/figures'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { petitionForms, petitionLevels, seriousEventKinds } from '@minqing/data/domain/incident-workflow/serious-event'
import type { RoleName } from '@minqing/data/domain/role'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { type Seed, writeCase } from './figures-world.ts'
import { type ServedApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, street } from './world.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.parse('2026-01-01T09:00:00+08:00')
const clock = new Date('2026-07-01T12:00:00+08:00')

let held: TestDatabase
let served: ServedApi
beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  for (const [index, drawn] of fc.sample(draw, { numRuns: 50, seed: 20_261_128 }).entries())
    await writeCase(held.database, seedOf(`C${String(index).padStart(2, '0')}`, drawn))
  await changed(held.database, 'incidents')
  served = await serveOn(held.database, { clock: () => clock })
})
afterAll(async () => {
  await served.close()
  await held.close()
})

const minutes = (...values: number[]) => fc.constantFrom(...values)
const never = -1
const draw = fc.record({
  reported: fc.nat({ max: 90 * 24 * 60 }),
  /** After the step before each; also exactly at the limit. */
  accepted: minutes(10, 59, 60, 61, 300, never),
  isRejected: fc.boolean(),
  /** Of rejected ones; they are accepted after `signed`. */
  resubmitted: minutes(3 * 24 * 60, never),
  signed: minutes(5, 200, never),
  acted: minutes(30, 119, 120, 121, 900, never),
  closed: minutes(60, 5 * 24 * 60, 40 * 24 * 60, never),
  visited: minutes(24 * 60, 7 * 24 * 60, 7 * 24 * 60 + 1, 20 * 24 * 60, never),
  events: fc.array(
    fc.record({
      kind: fc.constantFrom(...seriousEventKinds, 'petition', 'petition'),
      level: fc.constantFrom(...petitionLevels),
      petitionForm: fc.constantFrom(...petitionForms),
      /** Before it was recorded, and perhaps before the case was reported. */
      before: fc.nat({ max: 40 * 24 * 60 }),
      recorded: fc.nat({ max: 10 * 24 * 60 }),
      withdrawn: minutes(never, never, 60, 20 * 24 * 60),
    }),
    { maxLength: 3 },
  ),
})
type Drawn = ReturnType<typeof fc.sample<typeof draw extends fc.Arbitrary<infer T> ? T : never>>[number]

function seedOf(number: string, drawn: Drawn): Seed {
  let time = start + drawn.reported * 60_000
  const written = () => new Date(time + 8 * hour).toISOString().slice(0, 16)
  const steps: Seed['steps'] = [[written(), ['', 'reporter'], { action: 'report' }]]
  const take = (after: number, ...rest: [by: Seed['steps'][number][1], content: Seed['steps'][number][2]]) => {
    time += after * 60_000
    steps.push([written(), ...rest])
  }
  const duty: Seed['steps'][number][1] = ['duty', 'duty_officer']
  const chief: Seed['steps'][number][1] = ['lead', 'centre_lead']
  const mediator: Seed['steps'][number][1] = ['mediator', 'mediator']
  const { accepted, isRejected, resubmitted, signed, acted, closed, visited, events } = drawn
  const handle = () => {
    if (accepted === never) {
      if (!isRejected) return
      take(30, duty, { action: 'reject', reason: '不属受理范围', notice: '告知书 1 号' })
      if (resubmitted === never) return
      take(resubmitted, ['', 'reporter'], { action: 'resubmit' })
      if (signed !== never) take(signed, duty, { action: 'accept' })
      return
    }
    take(accepted, duty, { action: 'accept' })
    take(5, duty, { action: 'classify', type: 'E04', risk: 'yellow', urgency: '2' })
    take(5, duty, { action: 'dispatch', unit: '街道司法所' })
    if (signed === never) return
    take(signed, mediator, { action: 'sign' })
    if (acted === never) return
    take(acted, mediator, { action: 'record' })
    if (closed === never) return
    take(closed, mediator, { action: 'finish', outcome: 'settled' })
    take(10, duty, { action: 'close' })
    if (visited === never) return
    take(10, duty, { action: 'begin_follow_up' })
    take(visited - 10, duty, { action: 'visit', satisfaction: 'fair' })
  }
  handle()
  for (const { kind, level, petitionForm, before, recorded, withdrawn } of events) {
    const happenedAt = new Date(time + (recorded - before) * 60_000).toISOString()
    const own = { criminal: {}, mass_incident: { people: 12 }, petition: { level, petitionForm } }[kind]
    take(recorded, chief, { action: 'record_serious_event', kind, happenedAt, ...own })
    const step = steps.length
    if (withdrawn !== never) take(withdrawn, duty, { action: 'withdraw_serious_event', step, reason: '登记有误' })
  }
  return { number, grid: grids[0]!, type: 'E04', steps }
}

type Row = { number: string; sequence: number; action: string; at: string; dueAt: string | null; content: Content }
type Content = { kind?: string; level?: string; petitionForm?: string; happenedAt?: string; step?: number }
type Slow = Map<FigureName, { numerator: number; denominator: number; times: number[] }>

/** Each case's steps up to an instant, read one after the other. */
function countSlowly(rows: readonly Row[], from: number, until: number, asOf: number): Slow {
  const counted: Slow = new Map()
  const within = (time: number) => time >= from && time < until
  const count = (figure: FigureName, isIn: boolean, time?: number) => {
    const own = counted.get(figure) ?? { numerator: 0, denominator: 0, times: [] }
    own.denominator += 1
    if (isIn) own.numerator += 1
    if (time !== undefined) own.times.push(Math.round(time / 60_000))
    counted.set(figure, own)
  }
  const known = rows.filter(({ at }) => Date.parse(at) <= asOf)
  for (const [, steps] of Map.groupBy(known, ({ number }) => number)) {
    const timeOf = (action: string) => {
      const found = steps.find((one) => one.action === action)
      return found === undefined ? undefined : Date.parse(found.at)
    }
    const reported = timeOf('report')!
    const accepted = timeOf('accept')
    const waitsSince = timeOf('resubmit') ?? reported
    const isRejected = timeOf('reject') !== undefined && timeOf('resubmit') === undefined
    if (within(reported))
      if (accepted !== undefined) count('acceptance', accepted - waitsSince <= hour, accepted - waitsSince)
      else if (!isRejected && waitsSince + hour < asOf) count('acceptance', false)

    const [dispatched, signed, acted] = [timeOf('dispatch'), timeOf('sign'), timeOf('record')]
    if (dispatched !== undefined && within(dispatched)) {
      if (signed !== undefined && acted !== undefined) count('response', acted - signed <= 2 * hour, acted - signed)
      else if (signed === undefined ? dispatched + 4 * hour < asOf : signed + 2 * hour < asOf) count('response', false)
    }

    const closed = timeOf('close')
    const due = steps.findLast(({ dueAt }) => dueAt !== null)?.dueAt ?? undefined
    if (accepted !== undefined && due !== undefined && within(Date.parse(due)) && Date.parse(due) <= asOf)
      count(
        'due_on_time',
        (closed ?? Infinity) <= Date.parse(due),
        closed === undefined ? undefined : closed - accepted,
      )

    const visited = timeOf('visit')
    if (closed !== undefined && within(closed + 7 * day) && closed + 7 * day <= asOf)
      count(
        'first_visit',
        (visited ?? Infinity) <= closed + 7 * day,
        visited === undefined ? undefined : visited - closed,
      )

    const withdrawn = steps
      .filter(({ action }) => action === 'withdraw_serious_event')
      .map(({ content }) => content.step)
    const happened = steps
      .filter(({ action, sequence }) => action === 'record_serious_event' && !withdrawn.includes(sequence))
      .filter(({ content }) => within(Date.parse(content.happenedAt!)))
      .flatMap(({ content: { kind, level, petitionForm } }) => [kind, `petition_${level}`, `petition_${petitionForm}`])
    for (const figure of seriousEvents) if (happened.includes(figure)) count(figure, true)
  }
  return counted
}

const seriousEvents = figureNames.filter((name) => figureOf(name).group === 'serious')
const text = (instant: number) => new Date(instant + 8 * hour).toISOString().slice(0, 10)

test('figures are what the log says, in any period and as known at any time', async () => {
  const rows = await held.database<Row[]>`
    select number, sequence, action, at, due_at, content from incident_step order by number, sequence`
  const compared = [...seriousEvents, ...firstTimes]
  const seen = new Set<FigureName>()
  const question = fc.record({
    from: fc.nat({ max: 120 }),
    days: fc.nat({ max: 60 }),
    known: fc.nat({ max: 90 * 24 * 60 }),
  })
  const midnight = Date.parse('2026-01-01T00:00:00+08:00')
  await fc.assert(
    fc.asyncProperty(question, async ({ from, days, known }) => {
      const [first, until] = [midnight + from * day, midnight + (from + days + 1) * day]
      const asOf = first + known * 60_000
      const slow = countSlowly(rows, first, until, asOf)
      const query = `from=${text(first)}&to=${text(until - day)}&asOf=${new Date(asOf).toISOString()}`
      const { current, periods } = await served.getJson<Figures>(`/figures?${query}`)
      // A period that runs is asked for as far as it has come.
      expect(periods.current.to <= text(until - day)).toBe(true)
      for (const figure of compared) {
        const { numerator = 0, denominator = 0, times = [] } = slow.get(figure) ?? {}
        const sorted = times.toSorted((one, other) => one - other)
        const middle = (sorted.length - 1) / 2
        const median = sorted.length === 0 ? null : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
        if (numerator > 0) seen.add(figure)
        expect(
          current.find((one) => one.figure === figure),
          `${figure} ${query}`,
        ).toMatchObject({
          numerator,
          denominator: figureOf(figure).denominator === null ? null : denominator,
          median,
          unknown: 0,
        })
      }
    }),
    { numRuns: 40, examples: [[{ from: 0, days: 120, known: 180 * 24 * 60 }]] },
  )
  // Nothing is equal only because there is nothing.
  expect([...seen].toSorted()).toEqual([...compared].toSorted())
})

test('a case that was closed before is measured from its reopening', async () => {
  const [duty, mediator] = [['duty', 'duty_officer'] as const, ['mediator', 'mediator'] as const]
  const round = (day: string, end: string): Seed['steps'] => [
    [`${day}T09:10`, [...duty], { action: 'classify', type: 'E04', risk: 'yellow', urgency: '1' }],
    [`${day}T09:20`, [...duty], { action: 'dispatch', unit: '街道司法所' }],
    [`${day}T09:30`, [...mediator], { action: 'sign' }],
    [`${end}T09:00`, [...mediator], { action: 'finish', outcome: 'settled' }],
    [`${end}T10:00`, [...duty], { action: 'close' }],
    [`${end}T10:10`, [...duty], { action: 'begin_follow_up' }],
  ]
  await writeCase(held.database, {
    number: 'R',
    grid: grids[1]!,
    type: 'E04',
    steps: [
      ['2025-02-03T09:00', ['', 'reporter'], { action: 'report' }],
      ['2025-02-03T09:05', [...duty], { action: 'accept' }],
      ...round('2025-02-03', '2025-02-05'),
      ['2025-06-02T10:00', [...duty], { action: 'relapse', reason: '再次损坏' }],
      ...round('2025-06-03', '2025-06-04'),
    ],
  })
  await changed(held.database, 'incidents')
  const { current } = await served.getJson<Figures>('/figures?from=2025-06-01&to=2025-06-30')
  expect(current.find(({ figure }) => figure === 'due_on_time')).toMatchObject({
    numerator: 1,
    denominator: 1,
    median: 48 * 60,
  })
})

test('a serious event is recorded and withdrawn by the centre, and counted for every role that counts', async () => {
  await writeCase(held.database, {
    number: 'S',
    grid: grids[1]!,
    type: 'E04',
    steps: [['2026-06-01T09:00', ['', 'reporter'], { action: 'report' }]],
  })
  await changed(held.database, 'incidents')
  const june = 'from=2026-06-01&to=2026-06-30'
  const as = async <T>(role: RoleName, ask: (api: ServedApi) => Promise<T>) => {
    const api = await serveOn(held.database, { actor: actorAs({ id: role }, role, [street]), clock: () => clock })
    try {
      return await ask(api)
    } finally {
      await api.close()
    }
  }
  const step = (role: RoleName, sequence: number, action: string, content: object) =>
    as(role, async (api) => {
      const response = await fetch(`${api.api}/incidents/${street}/S/steps`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sequence, action, content }),
      })
      return response.status
    })
  const counted = async (role: RoleName) =>
    as(role, async (api) => {
      const { current } = await api.getJson<Figures>(`/figures?${june}`)
      const { cases } = await api.getJson<FigureCases>(`/figures/petition_capital/cases?${june}`)
      return [current.find(({ figure }) => figure === 'petition_capital')?.value, cases.map(({ number }) => number)]
    })
  const petition = {
    kind: 'petition',
    happenedAt: '2026-06-10T09:00:00+08:00',
    level: 'capital',
    petitionForm: 'group',
  }
  for (const role of ['mediator', 'grid_worker', 'community', 'department', 'supervisor'] as const)
    expect(await step(role, 1, 'record_serious_event', petition), role).toBe(403)
  expect(await step('duty_officer', 1, 'record_serious_event', { ...petition, level: undefined })).toBe(400)
  expect(
    await step('duty_officer', 1, 'record_serious_event', { ...petition, happenedAt: '0000-01-01T00:00:00Z' }),
  ).toBe(400)
  // An offset that PostgreSQL refuses.
  const abroad = { ...petition, happenedAt: '2026-06-10T21:00:00+20:00' }
  expect(await step('duty_officer', 1, 'record_serious_event', abroad)).toBe(200)
  // What a step recorded is hidden from analysts; what is counted of it is not.
  for (const role of ['centre_lead', 'supervisor', 'analyst'] as const) expect(await counted(role)).toEqual([1, ['S']])
  const { seriousEvents: standing } = await served.getJson<LoopState>(`/incidents/${street}/S/loop`)
  expect(standing).toEqual([
    { ...petition, step: 2, people: null, happenedAt: new Date(petition.happenedAt).toISOString() },
  ])
  const withdrawal = { step: 2, reason: '当事人并未到京' }
  expect(await step('mediator', 2, 'withdraw_serious_event', withdrawal)).toBe(403)
  expect(await step('centre_lead', 2, 'withdraw_serious_event', withdrawal)).toBe(200)
  expect(await counted('centre_lead')).toEqual([0, []])
  const { log } = await served.getJson<LoopState>(`/incidents/${street}/S/loop`)
  expect(log.map(({ action }) => action)).toEqual(['report', 'record_serious_event', 'withdraw_serious_event'])
})
