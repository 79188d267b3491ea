import { expect, test } from 'vitest'
import { defaultClockSettings, timeLimitsOf } from './clock-settings.ts'
import { emptyLoop, type IncidentLoop } from './incident-loop.ts'
import { nextTask } from './next-task.ts'

const hour = 3_600_000
const day = 24 * hour
const limits = timeLimitsOf(defaultClockSettings)
const { calendar } = limits
const started = Date.parse('2026-03-02T09:00:00+08:00')
const reported: IncidentLoop = { ...emptyLoop, status: '10', type: 'D02', reportedAt: started, lastAt: started }
const taken = { acceptedAt: started, startedAt: started, signedAt: started, firstActionAt: started }

test('the clock that ends first is the task', () => {
  expect(nextTask(reported, started, limits)).toEqual({
    node: 'accept',
    startedAt: started,
    soonAt: started + 0.8 * hour,
    dueAt: started + hour,
    unit: null,
  })
  // Both the first response and the resolution are due.
  const signed = { ...reported, ...taken, status: '50' as const, firstActionAt: null }
  expect(nextTask(signed, started, limits)).toMatchObject({ node: 'respond', dueAt: started + 2 * hour })
})

test('a fifth of working time is counted back over the night', () => {
  const verifying = { ...reported, ...taken, status: '60' as const, finishedAt: started, dueAt: started + 90 * day }
  // Two working days from Monday 9:00 end on Wednesday 17:30, after 20.5 hours of office.
  const task = nextTask(verifying, started, limits)!
  expect(task).toMatchObject({ node: 'verify', dueAt: Date.parse('2026-03-04T17:30:00+08:00') })
  expect(calendar.workingTime(task.soonAt, task.dueAt)).toBe(0.2 * calendar.workingTime(started, task.dueAt))
})

test('of a suspended case it is the end of the suspension, unless its time was over before', () => {
  const until = started + 20 * day
  const suspended: IncidentLoop = {
    ...reported,
    ...taken,
    status: '55',
    suspendedUntil: until,
    holds: [{ from: started + hour, until: null }],
  }
  expect(nextTask(suspended, started + 2 * day, limits)).toMatchObject({ node: 'suspended', dueAt: until })
  const late = { ...suspended, dueAt: started + 30 * 60_000, dueSetAt: started }
  expect(nextTask(late, started + 2 * day, limits)).toMatchObject({ node: 'resolve', dueAt: started + 30 * 60_000 })
  // A file says of some that they are suspended, and not until when.
  expect(nextTask({ ...suspended, suspendedUntil: null }, started + 2 * day, limits)).toBeNull()
})

test('a duty of an agreement is followed up where it comes before the next visit', () => {
  const duty = (id: string, after: number, state: 'open' | 'performed') => ({
    id,
    party: 'a',
    agreedAt: started,
    dueAt: started + after,
    state,
  })
  const followed: IncidentLoop = {
    ...reported,
    ...taken,
    status: '75',
    closedAt: started,
    agreements: [
      { id: 'x', form: 'written', parties: ['a'], duties: [duty('1', day, 'performed'), duty('2', 3 * day, 'open')] },
    ],
  }
  expect(nextTask(followed, started, limits)).toMatchObject({ node: 'duty', dueAt: started + 3 * day })
  expect(nextTask({ ...followed, agreements: [] }, started, limits)).toMatchObject({
    node: 'follow_up',
    dueAt: started + 7 * day,
  })
  expect(nextTask({ ...followed, status: '80' }, started, limits)).toBeNull()
})

test('what a meeting has decided is to be done as long as the case is open or followed up', () => {
  const decision = { id: 'm1', unit: '城管中队', decidedAt: started, dueAt: started + hour, state: 'open' as const }
  const decided: IncidentLoop = { ...reported, ...taken, status: '50', dueAt: started + day, decisions: [decision] }
  expect(nextTask(decided, started, limits)).toMatchObject({
    node: 'decision',
    unit: '城管中队',
    startedAt: started,
    dueAt: started + hour,
  })
  // An overdue clock of the case comes before it.
  expect(nextTask(decided, started + 2 * day, limits)).toMatchObject({ node: 'resolve', unit: null })
  const done = { ...decided, decisions: [{ ...decision, state: 'done' as const }] }
  expect(nextTask(done, started, limits)).toMatchObject({ node: 'resolve' })
  expect(nextTask({ ...decided, status: '80' }, started, limits)).toBeNull()
})
