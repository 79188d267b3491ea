import { z } from 'zod'
import type { IncidentStatus } from '../incident-status.ts'
import { categoryOf, EventCategory } from '../incident-type.ts'
import type { Label } from '../label.ts'
import { dayLength } from '../local-time.ts'
import { Urgency } from '../risk.ts'
import type { WorkCalendar } from './calendar.ts'
import type { IncidentLoop, Interval } from './incident-loop.ts'

/** What a time limit is for. */
export const clockNodes = [
  'accept',
  'dispatch',
  'sign',
  'respond',
  'handle',
  'resolve',
  'verify',
  'reporter',
  'outside',
  'follow_up',
] as const
export type ClockNode = (typeof clockNodes)[number]

export const clockNodeLabels: Record<ClockNode, Label> = {
  accept: { zh: '受理', en: 'Acceptance' },
  dispatch: { zh: '交办', en: 'Dispatch' },
  sign: { zh: '签收', en: 'Signing' },
  respond: { zh: '首次响应', en: 'First response' },
  handle: { zh: '承办单位办理', en: 'Handling by the unit' },
  resolve: { zh: '办结', en: 'Resolution' },
  verify: { zh: '核查', en: 'Verification' },
  reporter: { zh: '当事人补充', en: 'Answer of the reporter' },
  outside: { zh: '外单位回复', en: 'Reply from outside' },
  follow_up: { zh: '回访', en: 'Follow-up visit' },
}

export const clockBases = ['natural', 'working'] as const
export const clockUnits = ['minute', 'hour', 'day'] as const
export const clockModes = ['single', 'cumulative'] as const

/** One row of the table of time limits. Null: of any category, any urgency. */
export const ClockRule = z.strictObject({
  node: z.enum(clockNodes),
  category: EventCategory.nullable(),
  urgency: Urgency.nullable(),
  basis: z.enum(clockBases),
  amount: z.int().min(1).max(9999),
  /** Working days end with the close of offices; everything else is a length of time. */
  unit: z.enum(clockUnits),
  /** Of `handle`: whether a return to another unit begins it again. */
  mode: z.enum(clockModes),
})
export type ClockRule = z.output<typeof ClockRule>

/** What clocks are computed by. */
export type TimeLimits = { rules: readonly ClockRule[]; calendar: WorkCalendar }

const rule = (
  node: ClockNode,
  amount: number,
  unit: ClockRule['unit'],
  basis: ClockRule['basis'] = 'natural',
  of: Partial<Pick<ClockRule, 'category' | 'urgency'>> = {},
): ClockRule => ({ node, category: null, urgency: null, ...of, basis, amount, unit, mode: 'single' })

/** Time limits until a centre sets its own (domain: SLA clocks). Urgency goes before category. */
export const defaultClockRules: readonly ClockRule[] = [
  rule('accept', 1, 'hour'),
  rule('dispatch', 1, 'hour'),
  rule('sign', 2, 'hour'),
  rule('respond', 2, 'hour'),
  rule('handle', 3, 'day', 'working'),
  rule('handle', 10, 'day', 'working', { category: 'E01' }),
  rule('resolve', 1, 'day', 'natural', { urgency: '3' }),
  rule('resolve', 3, 'day', 'natural', { urgency: '2' }),
  rule('resolve', 15, 'day', 'working', { category: 'E01' }),
  rule('resolve', 3, 'day', 'working', { category: 'E08' }),
  rule('resolve', 1, 'day', 'natural', { category: 'E10' }),
  rule('resolve', 60, 'day', 'natural', { category: 'E11' }),
  rule('resolve', 5, 'day', 'working'),
  rule('verify', 2, 'day', 'working'),
  rule('reporter', 7, 'day'),
]

/** 1 正常, 2 将到期: at most a fifth of the time is left, 3 已过期. */
export type ClockState = '1' | '2' | '3'
/** A clock that runs. Times in milliseconds since 1970; `dueAt` counts a pause that lasts until now. */
export type Clock = {
  node: ClockNode
  startedAt: number
  /** From when on a fifth of the time is left. */
  soonAt: number
  dueAt: number
  isPaused: boolean
  state: ClockState
}

/** The clocks that run for an incident at an instant; none where nobody has to act. */
export function clocksOf(loop: IncidentLoop, now: number, limits: TimeLimits): Clock[] {
  return clockNodes.flatMap((node) => {
    const clock = clockOf(loop, node, now, limits)
    return clock === null ? [] : [clock]
  })
}

/** Until when a case has to be resolved; null where no such clock runs. As the clock `resolve` of `clocksOf`. */
export function resolveDue(loop: IncidentLoop, now: number, limits: TimeLimits): number | null {
  return timesOf(loop, 'resolve', now, limits)?.dueAt ?? null
}

function clockOf(loop: IncidentLoop, node: ClockNode, now: number, limits: TimeLimits): Clock | null {
  const times = timesOf(loop, node, now, limits)
  if (times === null) return null
  const { startedAt, dueAt, pauses, measure } = times
  const paused = after(pauses, startedAt).reduce(
    (sum, { from, until }) => sum + measure(from, Math.min(until, dueAt)),
    0,
  )
  const total = measure(startedAt, dueAt) - paused
  const soonAt = firstInstant(startedAt, dueAt, (instant) => measure(instant, dueAt) <= total * 0.2)
  const isPaused = pauses.at(-1)?.isOpen ?? false
  return { node, startedAt, soonAt, dueAt, isPaused, state: now > dueAt ? '3' : now >= soonAt ? '2' : '1' }
}

/** Beginning and end of a clock, its pauses, and how its time is measured. */
type Times = { startedAt: number; dueAt: number; pauses: Pause[]; measure: (from: number, until: number) => number }

function timesOf(loop: IncidentLoop, node: ClockNode, now: number, { rules, calendar }: TimeLimits): Times | null {
  if (!isRunning(loop, node)) return null
  const category = loop.type === null ? null : categoryOf(loop.type)
  const found = findClockRule(rules, node, category, loop.urgency ?? '1')
  const startedAt = startOf(loop, node, found?.mode ?? 'single')
  if (startedAt === null) return null
  const fixed = fixedDue(loop, node)
  const basis = fixed === null ? (found?.basis ?? 'natural') : 'natural'
  const measure = (from: number, until: number) =>
    basis === 'natural' ? Math.max(0, until - from) : calendar.workingTime(from, until)
  const base = fixed ?? (found === null ? null : deadline(startedAt, found, calendar))
  if (base === null) return null
  const pauses = joined(pausesOf(loop, node), now)
  const postponed = (due: number, by: number) => (basis === 'natural' ? due + by : calendar.afterWorkingTime(due, by))
  const since = fixed === null ? startedAt : (loop.dueSetAt ?? startedAt)
  // A pause that begins once the time is over moves nothing: what is overdue stays overdue.
  const dueAt = after(pauses, since).reduce(
    (due, { from, until }) => (from < due ? postponed(due, measure(from, until)) : due),
    base,
  )
  return { startedAt, dueAt, pauses, measure }
}

/** The first millisecond of [from, until] from which on something holds; it holds at the end. */
function firstInstant(from: number, until: number, holds: (instant: number) => boolean): number {
  let before = from - 1
  let at = Math.max(until, from)
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2)
    if (holds(middle)) at = middle
    else before = middle
  }
  return at
}

const runsIn: Record<ClockNode, readonly IncidentStatus[]> = {
  accept: ['10'],
  dispatch: ['20', '30'],
  sign: ['40'],
  respond: ['50'],
  handle: ['50', '52', '55', '58'],
  resolve: ['20', '30', '40', '45', '50', '52', '55', '58', '60'],
  verify: ['60'],
  reporter: ['52'],
  outside: ['58'],
  follow_up: ['75'],
}

function isRunning({ status, firstActionAt }: IncidentLoop, node: ClockNode): boolean {
  return status !== null && runsIn[node].includes(status) && (node !== 'respond' || firstActionAt === null)
}

/** The clock of a case that others were merged into runs since the earliest report of them. */
function startOf(loop: IncidentLoop, node: ClockNode, mode: ClockRule['mode']): number | null {
  const { startedAt, reportedAt, dispatchedAt, signedAt, finishedAt, closedAt, waits, visits } = loop
  switch (node) {
    case 'accept':
      return Math.min(reportedAt, ...loop.absorbed.map((one) => one.reportedAt))
    case 'resolve':
      return startedAt === null ? null : Math.min(startedAt, ...loop.absorbed.map((one) => one.reportedAt))
    case 'dispatch':
      return startedAt
    case 'sign':
      return dispatchedAt
    case 'respond':
      return signedAt
    case 'handle':
      return mode === 'cumulative' ? startedAt : signedAt
    case 'verify':
      return finishedAt
    case 'reporter':
      return waits.at(-1)?.from ?? null
    case 'outside':
      return loop.outside?.forwardedAt ?? null
    case 'follow_up':
      return closedAt === null ? null : lastVisit(closedAt, visits)
  }
}

/** Weekly for four weeks after closing, then every thirty days; and what a person or an outside body has said. */
function fixedDue(loop: IncidentLoop, node: ClockNode): number | null {
  if (node === 'resolve') return loop.dueAt
  if (node === 'outside') return loop.outside?.expectedAt ?? null
  if (node !== 'follow_up' || loop.closedAt === null) return null
  const last = lastVisit(loop.closedAt, loop.visits)
  return last + (last - loop.closedAt < 28 * dayLength ? 7 : 30) * dayLength
}

/** Or the closing: those of an earlier round are of an earlier closing. */
function lastVisit(closedAt: number, visits: IncidentLoop['visits']): number {
  return Math.max(closedAt, visits.at(-1)?.at ?? closedAt)
}

/** A suspension pauses the time to resolve and both times of the unit; waiting for the reporter only its time to handle. */
function pausesOf({ holds, waits }: IncidentLoop, node: ClockNode): readonly Interval[] {
  if (node === 'resolve' || node === 'respond') return holds
  return node === 'handle' ? [...holds, ...waits] : []
}

type Pause = { from: number; until: number; isOpen: boolean }

/** Ascending and apart, so that no time counts twice: a file may date a suspension back into another. */
function joined(intervals: readonly Interval[], now: number): Pause[] {
  const all = intervals
    .map(({ from, until }) => ({ from, until: until ?? now, isOpen: until === null }))
    .toSorted((a, b) => a.from - b.from)
  const apart: Pause[] = []
  for (const one of all) {
    const last = apart.at(-1)
    if (last === undefined || one.from > last.until) apart.push(one)
    else {
      last.until = Math.max(last.until, one.until)
      last.isOpen ||= one.isOpen
    }
  }
  return apart
}

/** What of the pauses lies after an instant. */
function after(pauses: readonly Pause[], instant: number): Pause[] {
  return pauses
    .map((pause) => ({ ...pause, from: Math.max(pause.from, instant) }))
    .filter(({ from, until }) => from < until)
}

/** The row that holds for a case; of several the one for its urgency goes before the one for its category. */
export function findClockRule(
  rules: readonly ClockRule[],
  node: ClockNode,
  category: EventCategory | null,
  urgency: Urgency,
): ClockRule | null {
  const fitting = rules.filter(
    (one) =>
      one.node === node &&
      (one.category === null || one.category === category) &&
      (one.urgency === null || one.urgency === urgency),
  )
  const weight = (one: ClockRule) => Number(one.urgency !== null) * 2 + Number(one.category !== null)
  return fitting.toSorted((a, b) => weight(b) - weight(a))[0] ?? null
}

const unitLength = { minute: 60_000, hour: 3_600_000, day: dayLength } as const

function deadline(from: number, { amount, unit, basis }: ClockRule, calendar: WorkCalendar): number {
  if (basis === 'natural') return from + amount * unitLength[unit]
  return unit === 'day'
    ? calendar.afterWorkdays(from, amount)
    : calendar.afterWorkingTime(from, amount * unitLength[unit])
}
