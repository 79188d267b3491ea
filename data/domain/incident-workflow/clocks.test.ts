import { expect, test } from 'vitest'
import { applyStep } from './apply-step.ts'
import { defaultClockSettings, timeLimitsOf } from './clock-settings.ts'
import { type ClockNode, type ClockRule, clocksOf } from './clocks.ts'
import { emptyLoop, type IncidentLoop, type WorkflowActor } from './incident-loop.ts'
import type { StepContent } from './step-actions.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (local: string) => Date.parse(`${local}:00+08:00`)
const limits = timeLimitsOf(defaultClockSettings)
const { calendar } = limits
const clock = (loop: IncidentLoop, node: ClockNode, now: number) =>
  clocksOf(loop, now, limits).find((one) => one.node === node)

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

const chief = { id: 'chief', role: 'centre_lead' } as const
const file = { id: '', role: 'system' } as const

/** The loop after steps, each at its time. */
function afterSteps(
  loop: IncidentLoop,
  ...steps: (StepContent & { at: number; actor?: WorkflowActor })[]
): IncidentLoop {
  return steps.reduce((before, step) => {
    const result = applyStep(before, { actor: chief, ...step })
    if (result.refusal !== undefined) throw new Error(`${step.action}: ${result.refusal.reason.en}`)
    return result.loop
  }, loop)
}
const reason = '待鉴定'
const until = '2030-01-01T00:00:00+08:00'

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

test('of several time limits that fit, the one for the urgency goes before the one for the category', () => {
  const limit = { node: 'resolve', basis: 'natural', unit: 'day', mode: 'single' } as const
  const rules: ClockRule[] = [
    { ...limit, category: null, urgency: null, amount: 1 },
    { ...limit, category: 'E01', urgency: null, amount: 2 },
    { ...limit, category: null, urgency: '2', amount: 3 },
    { ...limit, category: 'E01', urgency: '2', amount: 4 },
  ]
  const due = (loop: IncidentLoop, table: readonly ClockRule[]) =>
    (clocksOf(loop, started, { calendar, rules: table })[0]!.dueAt - started) / day
  for (const table of [rules, rules.toReversed()]) {
    expect(due({ ...processing, type: 'E08' }, table)).toBe(1)
    expect(due(processing, table)).toBe(2)
    expect(due({ ...processing, type: 'E08', urgency: '2' }, table)).toBe(3)
    expect(due({ ...processing, urgency: '2' }, table)).toBe(4)
  }
  for (const table of [rules.slice(0, 3), rules.slice(0, 3).toReversed()])
    expect(due({ ...processing, urgency: '2' }, table)).toBe(3)
})

test('a closed case has no clock that could raise an alert, and gets one only for its visits', () => {
  const later = started + 300 * day
  expect(clock(processing, 'resolve', later)?.state).toBe('3')
  const closed = afterSteps(
    processing,
    { action: 'finish', outcome: 'oral', at: started + hour, actor: { id: 'm', role: 'mediator' } },
    { action: 'close', at: started + 2 * hour },
  )
  expect(closed.status).toBe('70')
  expect(clocksOf(closed, later, limits)).toEqual([])
  const visited = afterSteps(closed, { action: 'begin_follow_up', at: started + 3 * hour })
  expect(clocksOf(visited, later, limits).map(({ node }) => node)).toEqual(['follow_up'])
  expect(clocksOf(afterSteps(visited, { action: 'archive', at: later }), later, limits)).toEqual([])
  for (const status of ['15', '70', '80', '90'] as const)
    expect(clocksOf({ ...processing, status, closedAt: started }, later, limits)).toEqual([])
})

test('a merged case is not escalated and has no clock, and once released it is as if it had never been merged', () => {
  const now = started + 300 * day
  const merged = afterSteps(processing, { action: 'merge', into: '9', reason, at: started + hour })
  expect(clocksOf(merged, now, limits)).toEqual([])
  const step = { action: 'escalate', reason, unit: '街道司法所', actor: chief, at: now } as const
  expect(applyStep(merged, step).refusal?.kind).toBe('status')
  const released = afterSteps(merged, { action: 'unmerge', reason, at: started + 2 * day })
  expect(clocksOf(released, now, limits)).toEqual(clocksOf(processing, now, limits))
})

test('no time is lost by merging: the clock runs since the earlier report, and since its own when released', () => {
  const earlier = started - 4 * day
  const reportedAt = new Date(earlier).toISOString()
  const now = started + day
  const own = clock(processing, 'resolve', now)!
  const absorbing = afterSteps(processing, {
    action: 'absorb',
    number: '7',
    reportedAt,
    parties: [],
    at: started + hour,
  })
  const merged = clock(absorbing, 'resolve', now)!
  expect(merged.startedAt).toBe(earlier)
  expect(merged.dueAt).toBe(calendar.afterWorkdays(earlier, 15))
  expect(merged.dueAt).toBeLessThan(own.dueAt)
  const released = afterSteps(absorbing, { action: 'release', number: '7', at: now })
  expect(clock(released, 'resolve', now)).toEqual(own)
  // A later report takes nothing away either.
  const later = { ...processing, absorbed: [{ number: '8', reportedAt: now }] }
  expect(clock(later, 'resolve', now)).toEqual(own)
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

test('a suspension that a file dates back into a wait counts once', () => {
  const noon = started + 3 * hour
  const waited = afterSteps(
    processing,
    { action: 'ask_reporter', reason, at: started + hour },
    { action: 'reporter_answers', at: noon },
    // Suspended since an hour after the question, as the file says, and so until now.
    { action: 'import', status: '55', at: started + 2 * hour, actor: file },
  )
  const now = at('2026-03-02T15:00')
  // Paused from 10:00 until 15:00, of which three are office hours.
  const due = clock(processing, 'handle', now)!.dueAt
  expect(clock(waited, 'handle', now)).toMatchObject({
    isPaused: true,
    dueAt: calendar.afterWorkingTime(due, 3 * hour),
  })
  // And for the case only the suspension, from 11:00.
  const resolved = clock(processing, 'resolve', now)!.dueAt
  expect(clock(waited, 'resolve', now)?.dueAt).toBe(calendar.afterWorkingTime(resolved, 2 * hour))
})

test('a case that is suspended when it is overdue stays overdue, in office hours too', () => {
  const due = clock(processing, 'resolve', started)!.dueAt
  expect(due).toBe(at('2026-03-23T17:30'))
  const held = afterSteps(processing, { action: 'suspend', reason, until, at: at('2026-03-23T18:00') })
  const expected = { dueAt: due, isPaused: true, state: '3' }
  for (const now of ['2026-03-23T20:00', '2026-03-24T10:00', '2026-03-24T18:00'])
    expect(clock(held, 'resolve', at(now))).toMatchObject(expected)
  const resumed = afterSteps(held, { action: 'resume', at: at('2026-03-24T10:00') })
  expect(clock(resumed, 'resolve', at('2026-03-24T10:00'))).toMatchObject({ ...expected, isPaused: false })
})

test('what was suspended with half an hour left has half an hour left when it is resumed', () => {
  const held = afterSteps(processing, { action: 'suspend', reason, until, at: at('2026-03-23T17:00') })
  expect(clock(held, 'resolve', at('2026-04-20T03:00'))?.state).toBe('2')
  const resumed = afterSteps(held, { action: 'resume', at: at('2026-04-20T11:45') })
  expect(clock(resumed, 'resolve', at('2026-04-20T11:45'))?.dueAt).toBe(at('2026-04-20T14:15'))
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

test('the first response waits while the case is suspended, and a forwarding is one', () => {
  const signed: IncidentLoop = { ...processing, firstActionAt: null }
  const held = afterSteps(signed, { action: 'suspend', reason, until, at: started + hour })
  const resumed = afterSteps(held, { action: 'resume', at: started + 5 * day })
  expect(clock(resumed, 'respond', started + 5 * day)).toMatchObject({ dueAt: started + 5 * day + hour, state: '1' })
  const forwarded = afterSteps(
    signed,
    { action: 'forward', unit: '区法院', receipt: '回执 1 号', expectedAt: until, at: started + hour },
    { action: 'outside_replies', at: started + day },
  )
  expect(clock(forwarded, 'respond', started + day)).toBeUndefined()
})

test('what a body outside had promised is over when a file says that the case has come back', () => {
  const returned = afterSteps(
    processing,
    { action: 'forward', unit: '区法院', receipt: '回执 1 号', expectedAt: until, at: started + hour },
    { action: 'import', status: '50', at: started + day, actor: file },
    { action: 'import', status: '58', at: started + 2 * day, actor: file },
  )
  expect(clock(returned, 'outside', started + 2 * day)).toBeUndefined()
})

test('after a relapse, follow-ups are due since the second closing', () => {
  const visited: IncidentLoop = { ...processing, status: '75', closedAt: started }
  const relapsed = afterSteps(
    visited,
    { action: 'visit', satisfaction: 'dissatisfied', at: started + 7 * day },
    { action: 'relapse', reason: '反弹', at: started + 8 * day },
  )
  const closedAt = started + 60 * day
  expect(clock({ ...relapsed, status: '75', closedAt }, 'follow_up', closedAt)).toMatchObject({
    startedAt: closedAt,
    dueAt: closedAt + 7 * day,
    state: '1',
  })
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
