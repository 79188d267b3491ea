import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventCategories } from '../incident-type.ts'
import { urgencies } from '../risk.ts'
import { type OfficeHours, WorkCalendar } from './calendar.ts'
import { type Clock, clockNodes, type ClockRule, clocksOf, defaultClockRules } from './clocks.ts'
import { emptyLoop, type IncidentLoop } from './incident-loop.ts'
import { nationalYears } from './national-holidays.ts'
import { dayOf, instantOf, MinuteCalendar, minuteOf, minutesPerDay } from './test-minutes.ts'
import { type DrawnAction, takeSteps } from './test-random-steps.ts'
import { slowClocks, slowDue } from './test-slow-clocks.ts'

const tenYears = 3653
const national = nationalYears.flatMap(({ days }) => days.map(({ date, kind }) => [date, kind === 'workday'] as const))

/** Holidays of some days, and single days that are worked, weekends among them. */
const exceptions = fc
  .tuple(
    fc.array(fc.record({ day: fc.nat(tenYears), length: fc.integer({ min: 1, max: 12 }) }), { maxLength: 150 }),
    fc.array(fc.nat(tenYears), { maxLength: 150 }),
    fc.boolean(),
  )
  .map(([holidays, worked, isNational]) => {
    const free = holidays.flatMap(({ day, length }) =>
      Array.from({ length }, (_, n) => [dayOf(day + n), false] as const),
    )
    const all = [...free, ...worked.map((day) => [dayOf(day), true] as const)]
    return new Map<string, boolean>([...all, ...(isNational ? national : [])])
  })

/** One to four times of a day, with breaks between them. */
const hours: fc.Arbitrary<OfficeHours> = fc
  .uniqueArray(fc.nat(minutesPerDay), { minLength: 2, maxLength: 8 })
  .map((ends) => {
    const sorted = ends.toSorted((a, b) => a - b)
    return Array.from(
      { length: Math.floor(sorted.length / 2) },
      (_, n) => [sorted[2 * n]!, sorted[2 * n + 1]!] as const,
    )
  })
const lengthOf = (open: OfficeHours) => open.reduce((sum, [from, until]) => sum + until - from, 0)
/** Not in the first month: a duplicate may have been reported earlier. */
const begins = fc.integer({ min: 31 * minutesPerDay, max: tenYears * minutesPerDay })
/** Shrinking would look through calendars for minutes: the steps of a failing case stand in the message. */
const unshrunk = { endOnFailure: true }

/** Nothing where both say the same. */
function compare<T>(actual: T, expected: T, asked: object): { actual: T; expected: T; asked: string }[] {
  return isDeepStrictEqual(actual, expected) ? [] : [{ actual, expected, asked: JSON.stringify(asked) }]
}

test('working time is what looking at each minute gives, over ten years of calendars', () => {
  const span = fc.record({
    from: begins,
    length: fc.nat(40_000),
    amount: fc.nat(),
    days: fc.integer({ min: 1, max: 40 }),
  })
  const spans = fc.array(span, { minLength: 50, maxLength: 50 })
  fc.assert(
    fc.property(exceptions, hours, spans, (free, open, all) => {
      const calendar = new WorkCalendar(free, open)
      const slow = new MinuteCalendar(free, open)
      const wrong = all.flatMap(({ from, length, amount, days }) => {
        const at = instantOf(from)
        const asked = 1 + (amount % (30 * lengthOf(open)))
        return compare(
          {
            workingTime: calendar.workingTime(at, instantOf(from + length)) / 60_000,
            afterWorkingTime: minuteOf(calendar.afterWorkingTime(at, asked * 60_000)),
            afterWorkdays: minuteOf(calendar.afterWorkdays(at, days)),
          },
          {
            workingTime: slow.openMinutes(from, from + length),
            afterWorkingTime: slow.afterOpenMinutes(from, asked),
            afterWorkdays: slow.afterOpenDays(from, days),
          },
          { from, length, asked, days, open },
        )
      })
      expect(wrong).toEqual([])
    }),
    { numRuns: 40, ...unshrunk },
  )
})

/** Without `soonAt`, from which the state follows. */
const inMinutes = ({ node, startedAt, dueAt, isPaused, state }: Clock) => ({
  node,
  startedAt: minuteOf(startedAt),
  dueAt: minuteOf(dueAt),
  isPaused,
  state,
})

const rule: fc.Arbitrary<ClockRule> = fc
  .record({
    node: fc.constantFrom(...clockNodes),
    category: fc.constantFrom(null, 'E01', 'E08', 'E11', ...eventCategories),
    urgency: fc.constantFrom(null, null, ...urgencies),
    basis: fc.constantFrom('natural', 'working'),
    unit: fc.constantFrom('minute', 'hour', 'day'),
    mode: fc.constantFrom('single', 'cumulative'),
    size: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ size, ...one }) => ({ ...one, amount: one.unit === 'minute' ? size * 60 - 17 : size }))
const rules = fc.oneof(
  fc.constant(defaultClockRules),
  // Of the ones for the same cases, a table has only one.
  fc.uniqueArray(rule, {
    minLength: 5,
    maxLength: 40,
    selector: ({ node, category, urgency }) => `${node} ${category} ${urgency}`,
  }),
)

/** A day of less than an hour would take forty days of pauses beyond the years of the reference. */
const longEnough = hours.filter((open) => lengthOf(open) >= 60)
const clockStates = ['1', '2', '3'] as const

const minutes = fc.oneof(fc.nat(60), fc.nat(600), fc.nat(5000), fc.nat(30_000))
const draw = fc.record({ gap: minutes, choice: fc.nat(), value: fc.nat() })
const underWay: DrawnAction[] = ['report', 'accept', 'classify', 'dispatch', 'sign']
const incident = fc.record({
  begins,
  first: fc.constantFrom<DrawnAction[]>(
    [],
    ['report', 'accept', 'classify'],
    underWay,
    [...underWay, 'suspend'],
    [...underWay, 'ask_reporter'],
    [...underWay, 'finish', 'close', 'begin_follow_up'],
  ),
  draws: fc.array(draw, { minLength: 1, maxLength: 13 }),
  later: minutes,
})

test('clocks are what looking at each minute of a case gives, over ten years of calendars', () => {
  const incidents = fc.array(incident, { minLength: 30, maxLength: 30 })
  const seen = new Set<string>()
  fc.assert(
    fc.property(exceptions, longEnough, rules, incidents, (free, open, table, all) => {
      const calendar = new WorkCalendar(free, open)
      const slow = new MinuteCalendar(free, open)
      const wrong = all.flatMap(({ begins: first, first: actions, draws, later }) =>
        takeSteps(first, actions, draws).flatMap(({ loop, steps }) => {
          const since = steps.at(-1)!.at
          const clocksAt = (now: number) => clocksOf(loop, instantOf(now), { calendar, rules: table })
          const due = clocksAt(since).map(({ dueAt }) => minuteOf(dueAt))
          const times = new Set([since + later, ...due, ...due.map((minute) => minute + 1)])
          return [...times]
            .filter((now) => now >= since)
            .flatMap((now) => {
              const clocks = clocksAt(now)
              for (const { node, state } of clocks) seen.add(`${node} ${state}`)
              return compare(clocks.map(inMinutes), slowClocks(steps, now, slow, table), { steps, now, table })
            })
        }),
      )
      expect(wrong).toEqual([])
    }),
    { numRuns: 25, ...unshrunk },
  )
  expect(seen).toEqual(new Set(clockNodes.flatMap((node) => clockStates.map((state) => `${node} ${state}`))))
})

type Pause = { from: number; until: number | null }
/** Minutes until now; null lasts. Files date some back, so that they overlap or end before they begin. */
const pauses: fc.Arbitrary<Pause[]> = fc.array(
  fc
    .record({ from: fc.integer({ min: -20_000, max: -1 }), length: fc.option(fc.integer({ min: -50, max: 9000 })) })
    .map(({ from, length }) => ({ from, until: length === null ? null : Math.min(0, from + length) })),
  { maxLength: 4 },
)
const covers = (all: readonly Pause[], minute: number) =>
  all.some(({ from, until }) => minute >= from && minute < (until ?? 0))
const lasts = (all: readonly Pause[]) => all.some(({ until }) => until === null)

test('of suspensions and waits that overlap, no minute counts twice', () => {
  const paused = fc.record({
    now: begins,
    started: fc.integer({ min: -20_000, max: 0 }),
    set: fc.option(
      fc.record({ at: fc.integer({ min: -20_000, max: 0 }), length: fc.integer({ min: -2000, max: 30_000 }) }),
    ),
    holds: pauses,
    waits: pauses,
    handle: rule.map((one) => ({ ...one, node: 'handle' as const, category: null, urgency: null })),
    resolve: rule.map((one) => ({ ...one, node: 'resolve' as const, category: null, urgency: null })),
  })
  fc.assert(
    fc.property(exceptions, longEnough, fc.array(paused, { minLength: 50, maxLength: 50 }), (free, open, all) => {
      const calendar = new WorkCalendar(free, open)
      const slow = new MinuteCalendar(free, open)
      const wrong = all.flatMap(({ now, started, set, holds, waits, handle, resolve }) => {
        const startedAt = now + started
        const due = set === null ? null : { at: now + set.at, dueAt: now + set.at + set.length }
        const timesOf = (some: readonly Pause[]) =>
          some.map(({ from, until }) => ({
            from: instantOf(now + from),
            until: until === null ? null : instantOf(now + until),
          }))
        const loop: IncidentLoop = {
          ...emptyLoop,
          status: '50',
          startedAt: instantOf(startedAt),
          signedAt: instantOf(startedAt),
          firstActionAt: instantOf(startedAt),
          dueAt: due === null ? null : instantOf(due.dueAt),
          dueSetAt: due === null ? null : instantOf(due.at),
          holds: timesOf(holds),
          waits: timesOf(waits),
        }
        const expected = (one: ClockRule, own: readonly Pause[], said: typeof due) => ({
          node: one.node,
          startedAt,
          isPaused: lasts(own),
          ...slowDue({ startedAt, set: said, rule: one, isPausedAt: (minute) => covers(own, minute - now) }, now, slow),
        })
        return compare(
          clocksOf(loop, instantOf(now), { calendar, rules: [handle, resolve] }).map(inMinutes),
          [expected(handle, [...holds, ...waits], null), expected(resolve, holds, due)],
          { loop, now, handle, resolve },
        )
      })
      expect(wrong).toEqual([])
    }),
    { numRuns: 20, ...unshrunk },
  )
})
