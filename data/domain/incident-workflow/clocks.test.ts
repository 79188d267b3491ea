import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyStep } from './apply-step.ts'
import { nationalHolidays, type OfficeHours, usualHours, WorkCalendar } from './calendar.ts'
import { clocksOf, type ClockNode } from './clocks.ts'
import { emptyLoop, type IncidentLoop } from './incident-loop.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (local: string) => Date.parse(`${local}:00+08:00`)
const calendar = new WorkCalendar(nationalHolidays)
const clock = (loop: IncidentLoop, node: ClockNode, now: number) =>
  clocksOf(loop, now, calendar).find((one) => one.node === node)

/** A dispute in the hands of a mediator. */
const started = at('2026-03-02T09:00')
const processing: IncidentLoop = {
  ...emptyLoop,
  status: '50',
  type: 'D02',
  urgency: '1',
  reportedAt: started,
  acceptedAt: started,
  startedAt: started,
  signedAt: started,
  firstActionAt: started,
  lastAt: started,
}

/** Whether offices are open in a minute of local time, said by its date alone. */
function isOpen(time: number, exceptions: ReadonlyMap<string, boolean>, hours: OfficeHours): boolean {
  const local = new Date(time + 8 * hour)
  const works = exceptions.get(local.toISOString().slice(0, 10)) ?? ![0, 6].includes(local.getUTCDay())
  const ofDay = local.getUTCHours() * 60 + local.getUTCMinutes()
  return works && hours.some(([from, until]) => ofDay >= from && ofDay < until)
}

test('working time is what counting minute by minute gives, over ten years of calendars', () => {
  const first = Date.parse('2020-01-01T00:00:00+08:00')
  const years = 3653
  const date = fc
    .integer({ min: 0, max: years })
    .map((n) => new Date(first + 8 * hour + n * day).toISOString().slice(0, 10))
  const hours = fc.constantFrom<OfficeHours[]>(
    usualHours,
    [[540, 1020]],
    [
      [0, 1],
      [480, 700],
      [701, 1439],
    ],
    [[0, 1440]],
  )
  const exceptions = fc.array(fc.tuple(date, fc.boolean()), { maxLength: 1500 }).map((all) => new Map(all))
  const from = fc.integer({ min: 0, max: years * 1440 }).map((n) => first + n * minute)
  fc.assert(
    fc.property(exceptions, hours, from, fc.integer({ min: 0, max: 20_000 }), (free, open, begins, length) => {
      const own = new WorkCalendar(free, open)
      const worked: number[] = []
      for (let n = 0; n < length; n++) if (isOpen(begins + n * minute, free, open)) worked.push(n)
      // The minute that has just passed is the one by which so much time was worked.
      for (let n = 0; n < worked.length; n += 97)
        expect(own.afterWorkingTime(begins, (n + 1) * minute)).toBe(begins + (worked[n]! + 1) * minute)
      expect(own.workingTime(begins, begins + length * minute)).toBe(worked.length * minute)
    }),
    { numRuns: 150 },
  )
})

test('breaks within a day are no working time', () => {
  expect(calendar.workingTime(at('2026-03-02T11:00'), at('2026-03-02T15:00'))).toBe(2 * hour)
  expect(calendar.afterWorkingTime(at('2026-03-02T11:30'), hour)).toBe(at('2026-03-02T14:30'))
  expect(calendar.afterWorkingTime(at('2026-03-02T12:30'), hour)).toBe(at('2026-03-02T15:00'))
})

test('a Saturday that is worked counts, and a holiday in the week does not', () => {
  // 14 and 28 February 2026 are Saturdays that are worked; 15 to 23 February are the Spring Festival.
  expect(calendar.afterWorkdays(at('2026-02-13T10:00'), 1)).toBe(at('2026-02-14T17:30'))
  expect(calendar.afterWorkdays(at('2026-02-13T10:00'), 2)).toBe(at('2026-02-24T17:30'))
  expect(calendar.afterWorkdays(at('2026-02-27T10:00'), 1)).toBe(at('2026-02-28T17:30'))
})

test('a closed case has no clock that could raise an alert, and neither has a merged one', () => {
  const later = started + 300 * day
  expect(clock(processing, 'resolve', later)?.state).toBe('3')
  for (const status of ['70', '80', '90', '15'] as const)
    expect(clocksOf({ ...processing, status, closedAt: started }, later, calendar)).toEqual([])
  expect(clocksOf({ ...processing, status: '90', mergedInto: '9', statusBeforeMerge: '50' }, later, calendar)).toEqual(
    [],
  )
})

test('no time is lost by merging: the clock runs since the earlier report, and since its own when released', () => {
  const earlier = started - 4 * day
  const own = clock(processing, 'resolve', started)!
  const merged = clock({ ...processing, absorbed: [{ number: '7', reportedAt: earlier }] }, 'resolve', started)!
  expect(merged.startedAt).toBe(earlier)
  expect(merged.dueAt).toBe(calendar.afterWorkdays(earlier, 15))
  expect(merged.dueAt).toBeLessThan(own.dueAt)
  expect(clock({ ...processing, absorbed: [] }, 'resolve', started)).toEqual(own)
})

test('a relapse has a clock of its own, also of a case that others were merged into', () => {
  const absorbed = [{ number: '7', reportedAt: started - 40 * day }]
  const closed: IncidentLoop = { ...processing, status: '75', closedAt: started, absorbed }
  const actor = { id: 'duty', role: 'duty_officer' } as const
  const { loop } = applyStep(closed, { action: 'relapse', reason: '反弹', actor, at: started + 9 * day })
  expect(clock(loop!, 'resolve', started + 9 * day)).toMatchObject({ startedAt: started + 9 * day, state: '1' })
})

test('a suspension moves the due time once, also where an extension was granted in between', () => {
  const urgent: IncidentLoop = { ...processing, urgency: '2' }
  const held = { ...urgent, holds: [{ from: started + hour, until: started + hour + day }] }
  const now = started + 2 * day
  expect(clock(held, 'resolve', now)?.dueAt).toBe(clock(urgent, 'resolve', now)!.dueAt + day)
  const dueAt = started + 10 * day
  // Known when the time was extended: not added again.
  expect(clock({ ...held, dueAt, dueSetAt: started + 36 * hour }, 'resolve', now)?.dueAt).toBe(dueAt)
  expect(clock({ ...held, dueAt, dueSetAt: started }, 'resolve', now)?.dueAt).toBe(dueAt + day)
})

test('waiting for the reporter pauses the clock of the unit, visibly, and not that of the case', () => {
  const waiting: IncidentLoop = { ...processing, status: '52', waits: [{ from: started + hour, until: null }] }
  const now = started + 20 * day
  expect(clock(waiting, 'handle', now)).toMatchObject({ isPaused: true, state: '1' })
  expect(clock(waiting, 'resolve', now)).toMatchObject({
    isPaused: false,
    dueAt: clock(processing, 'resolve', now)?.dueAt,
  })
  expect(clock(waiting, 'reporter', now)).toMatchObject({ startedAt: started + hour, state: '3' })
})

test('the first response is due within two hours of signing, soon at a fifth, and over once something is done', () => {
  const signed: IncidentLoop = { ...processing, firstActionAt: null }
  const states = [0, 95, 96, 120, 121].map((minutes) => clock(signed, 'respond', started + minutes * minute)?.state)
  expect(states).toEqual(['1', '1', '2', '2', '3'])
  expect(clock(processing, 'respond', started + day)).toBeUndefined()
})

test('follow-ups are due weekly for a month, then monthly', () => {
  const closed: IncidentLoop = { ...processing, status: '75', closedAt: started }
  const due = (visited: number | null) =>
    clock(
      { ...closed, visits: visited === null ? [] : [{ at: started + visited * day, satisfaction: 'fair' }] },
      'follow_up',
      started,
    )!.dueAt
  expect([due(null), due(7), due(28)].map((time) => (time - started) / day)).toEqual([7, 14, 58])
})
