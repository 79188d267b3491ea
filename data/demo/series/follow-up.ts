import { channelOriginOf } from '@minqing/data/domain/channel'
import type { WorkflowRole } from '../../domain/incident-workflow/incident-loop.ts'
import { type Course, day, hour, minute } from './course.ts'
import type { Handled } from './handling.ts'
import { isDispute, isGrave } from './traits.ts'

/** Of visits; satisfied are those that are fairly so as well (domain: satisfaction of those reached). */
const satisfactions = { satisfied: 74, fair: 17, dissatisfied: 4, unreached: 5 }
/** Of those who rate a case by their receipt. */
const ratings = { satisfied: 76, fair: 19, dissatisfied: 5 }

/** How often a closed case is visited: for weeks, once by telephone, or not at all. */
type Length = 'long' | 'once' | 'none'

/**
 * After the closing: rating, visits, the archive; now and then the matter comes back and is handled once more.
 *
 * @param again files and handles it
 */
export function followUp(course: Course, closed: Handled, again: (course: Course) => Handled, round = 1): void {
  if (closed.isOver) return
  const { random, traits } = course
  const closedAt = course.now
  const isReporter = channelOriginOf[traits.channel] === 'reported'
  if (round === 1 && random.chance(isReporter ? 0.42 : 0.06)) {
    const rating = { action: 'rate', rating: random.weighted(ratings) } as const
    course.take('reporter', rating, Math.min(2 * day, random.exponential(0.4 * day)) + 5 * minute)
  }
  if (round === 1 && random.chance(0.006)) {
    const reason = course.reason('reopen')
    course.take('centre_lead', { action: 'reopen', ...reason }, random.between(0.5, 3) * day, 'office')
    return followUp(course, again(course), again, round + 1)
  }
  const length: Length = isDispute(traits) || random.chance(0.05) ? 'long' : random.chance(0.87) ? 'once' : 'none'
  if (length === 'none') return archive(course, closedAt + random.between(1, 6) * day)
  const visitor: WorkflowRole = isDispute(traits) && random.chance(0.5) ? 'mediator' : 'grid_worker'
  course.takeAt(visitor, { action: 'begin_follow_up' }, closedAt + random.between(0.2, 4) * day)
  if (length === 'once') {
    visit(course, visitor, course.now + random.between(4, 50) * minute)
    return archive(course, course.now + random.between(0.2, 3) * day)
  }
  if (visits(course, visitor, closed, closedAt, round))
    return archive(course, course.now + random.between(0.3, 2.5) * day)
  followUp(course, again(course), again, round + 1)
}

function archive(course: Course, at: number): void {
  course.takeAt('duty_officer', { action: 'archive' }, at, 'office')
}

function visit(course: Course, role: WorkflowRole, at: number): void {
  course.takeAt(role, { action: 'visit', satisfaction: course.random.weighted(satisfactions) }, at)
}

/** Weekly for a month, then monthly (domain: follow-up). Whether it ended well: not where the matter came back. */
function visits(course: Course, role: WorkflowRole, { duty }: Handled, closedAt: number, round: number): boolean {
  const { random, traits } = course
  const until = closedAt + (isGrave(traits) ? random.between(60, 92) : random.between(12, 26)) * day
  const relapse = round === 1 && random.chance(0.03) ? random.whole(1, 3) : 0
  let last = closedAt
  let isDue = duty !== null
  for (let count = 1; ; count++) {
    const isWeekly = last - closedAt < 28 * day
    const wait = random.chance(0.06)
      ? random.between(7.3, 11)
      : isWeekly
        ? random.between(4.2, 6.7)
        : random.between(22, 29)
    const at = last + wait * day
    if (count > 1 && at > until) return true
    if (duty !== null && isDue && duty.dueAt < at) {
      const { agreement, duty: own } = duty
      const action = random.chance(0.04) ? 'breach' : 'perform'
      course.takeAt(role, { action, agreement, duty: own }, duty.dueAt - random.between(3, 40) * hour)
      isDue = false
    }
    if (count === relapse) {
      course.takeAt(role, { action: 'visit', satisfaction: 'dissatisfied' }, at)
      const reason = course.reason('relapse')
      course.take(role, { action: 'relapse', ...reason }, random.between(0.3, 5) * hour)
      return false
    }
    visit(course, role, at)
    last = course.now
  }
}
