import type { WorkflowRole } from '../../domain/incident-workflow/incident-loop.ts'
import type { Outcome } from '../../domain/incident-workflow/outcome.ts'
import { higherUnitOf, outsideUnitOf, unitOf } from '../text/opinions.ts'
import { afterWorkdays } from './calendar.ts'
import { type Course, day, hour, minute } from './course.ts'
import { isDispute, isGrave } from './traits.ts'

/** What a round of handling leaves behind: whether nothing is left to follow up, and a duty that was agreed on. */
export type Handled = { isOver: boolean; duty: { agreement: string; duty: string; dueAt: number } | null }

/** Of disputes: success is an agreement, or eased (domain: mediation success). */
const outcomes: Partial<Record<Outcome, number>> = {
  written: 33,
  oral: 40,
  eased: 19.5,
  failed: 3,
  withdrawn: 1.5,
  to_litigation: 2,
  to_admin: 1,
}
const eventOutcomes: Partial<Record<Outcome, number>> = { settled: 96.5, to_admin: 2, withdrawn: 1.5 }

/**
 * A case that was filed, from its dispatch to its closing. Most are finished well before their time, one in eight is late.
 *
 * @param due about when it has to be finished
 */
export function handle(course: Course, due: number): Handled {
  const { random, traits } = course
  const span = due - course.now
  const worker = dispatch(course)
  const response = random.chance(0.035) ? random.between(2.2, 20) * hour : random.between(4, 105) * minute
  act(course, worker, response, 'at_once')
  if (!isDispute(traits) && random.chance(0.03)) {
    const isOver = askReporter(course, worker)
    if (isOver) return { isOver, duty: null }
  }
  const isLate = random.chance(0.11)
  const along = isLate ? random.between(0.98, 1.7) : random.between(0.05, 0.68)
  const plan = { due, finish: due - span + span * along, worker, isLate }
  if (random.chance(0.02)) suspend(course, plan)
  const duty = workOn(course, plan)
  const finished = isDispute(traits) ? duty.outcome : random.weighted(eventOutcomes)
  if (random.chance(isDispute(traits) ? 0 : 0.02)) forward(course, plan.worker)
  else course.takeAt(plan.worker, { action: 'finish', outcome: finished }, plan.finish, 'office')
  for (let round = 0; round < 3 && random.chance(0.06); round++) {
    course.take('centre_lead', { action: 'rework', ...course.reason('rework') }, random.between(1, 20) * hour, 'office')
    act(course, plan.worker, random.between(20, 110) * minute)
    course.take(plan.worker, { action: 'finish', outcome: finished }, Math.min(0.2 * span, 3 * day) + hour, 'office')
  }
  const checked = Math.min(random.between(0.5, 24) * hour, 0.12 * span)
  course.take(
    random.chance(0.6) ? 'centre_lead' : 'duty_officer',
    // What an outside body has finished has no outcome yet.
    { action: 'close', outcome: finished },
    checked,
    'office',
  )
  return { isOver: false, duty: duty.duty }
}

type Plan = { due: number; finish: number; worker: WorkflowRole; isLate: boolean }

/** Dispatch to a unit, which may give the case back, and signing. As what the unit's people act. */
function dispatch(course: Course): WorkflowRole {
  const { random, traits } = course
  let unit = course.word((words) => unitOf(traits, words), '承办单位')
  const wait = random.chance(0.1) ? random.between(1.2, 60) * hour : random.between(3, 22) * minute
  course.take('duty_officer', { action: 'dispatch', unit }, wait, 'at_once')
  for (let round = 0; round < 2 && random.chance(round === 0 ? 0.05 : 0.15); round++) {
    const reason = course.reason('return')
    course.take(roleOf(unit), { action: 'request', request: 'return', ...reason }, random.between(0.2, 1.8) * hour)
    course.take('centre_lead', { action: 'return', ...reason }, random.between(0.2, 3) * hour)
    unit = course.word((words) => unitOf(traits, words), '承办单位')
    course.take('duty_officer', { action: 'dispatch', unit }, random.between(0.2, 30) * hour)
  }
  const signed = random.chance(0.12) ? random.between(2.2, 50) * hour : random.between(6, 100) * minute
  course.take(roleOf(unit), { action: 'sign' }, signed)
  return roleOf(unit)
}

function roleOf(unit: string): WorkflowRole {
  if (unit.endsWith('网格服务站')) return 'grid_worker'
  return /调解|司法所/.test(unit) ? 'mediator' : 'department'
}

/** Mediation, or whatever else is done. */
function act(course: Course, worker: WorkflowRole, wait: number, pace: 'at_once' | 'by_day' = 'by_day'): void {
  const { random, traits } = course
  if (!isDispute(traits) || random.chance(0.35)) return course.take(worker, { action: 'record' }, wait, pace)
  const mediation = random.weighted({ people: 70, joint: 12, admin: 8, judicial: 6, industry: 4 })
  course.take(worker, { action: 'mediate', mediation, mediators: random.whole(1, 3) }, wait, pace)
}

/** Whether nothing came back in time, so that it was closed without. */
function askReporter(course: Course, worker: WorkflowRole): boolean {
  const { random } = course
  course.take(worker, { action: 'ask_reporter', ...course.reason('ask_reporter') }, random.between(0.3, 3) * hour)
  if (random.chance(0.15)) {
    const closing = { action: 'close_unanswered', notice: '逾期未补充告知书' } as const
    course.take('duty_officer', closing, random.between(7.2, 9) * day, 'office')
    course.take('duty_officer', { action: 'archive' }, random.between(0.5, 4) * day, 'office')
    return true
  }
  course.take('duty_officer', { action: 'reporter_answers' }, random.between(0.3, 4) * day)
  return false
}

/** Both of the case's times move by as long as it lasts. */
function suspend(course: Course, plan: Plan): void {
  const { random } = course
  const length = Math.round(random.between(10, 40)) * day
  const reason = course.reason('suspend')
  const until = new Date(course.now + length + 2 * day).toISOString()
  course.take(plan.worker, { action: 'request', request: 'suspend', ...reason, until }, random.between(2, 20) * hour)
  course.take('centre_lead', { action: 'suspend', ...reason, until }, random.between(1, 8) * hour, 'office')
  const since = course.now
  // A few are forgotten for some days.
  const resumed = Date.parse(until) + (random.chance(0.2) ? random.between(1, 6) : random.between(-2, -0.1)) * day
  course.takeAt(plan.worker, { action: 'resume' }, resumed, 'at_once')
  plan.due += course.now - since
  plan.finish = Math.max(plan.finish + course.now - since, course.now + hour)
}

/** All that is done at the unit between the first action and the finish, in the order of its time. */
function workOn(course: Course, plan: Plan): { outcome: Outcome; duty: Handled['duty'] } {
  const { random, traits } = course
  const begun = course.now
  const at = (share: number) => begun + (plan.finish - begun) * share
  const agenda: { at: number; take: (at: number) => void }[] = []
  if (isDispute(traits) && random.chance(0.05)) agenda.push({ at: at(0.3), take: () => escalate(course, plan, 1) })
  if (isDispute(traits) && random.chance(0.004)) agenda.push({ at: at(0.6), take: () => escalate(course, plan, 2) })
  for (let i = isDispute(traits) ? random.whole(0, 2) : Number(random.chance(0.25)); i > 0; i--)
    agenda.push({ at: at(random.between(0.1, 0.85)), take: (when) => act(course, plan.worker, when - course.now) })
  if (random.chance(isGrave(traits) ? 0.3 : 0.01)) agenda.push({ at: at(0.4), take: () => consult(course) })
  if (random.chance(0.02)) agenda.push({ at: at(0.2), take: () => join(course) })
  if (plan.isLate) agenda.push(...lateness(course, plan))
  for (const { at: when, take } of agenda.toSorted((a, b) => a.at - b.at)) take(Math.max(when, course.now + minute))
  const outcome = isDispute(traits) ? random.weighted(outcomes) : 'settled'
  if (outcome !== 'written') return { outcome, duty: null }
  return { outcome, duty: agree(course, plan) }
}

function escalate(course: Course, plan: Plan, level: 1 | 2): void {
  const { random } = course
  // After a relapse a case may be where it can go no higher.
  if (course.count('escalate') === 2) return
  const unit = course.word((words) => higherUnitOf(level, words), '上级调解组织')
  course.take(plan.worker, { action: 'escalate', ...course.reason('escalate'), unit }, random.between(1, 5) * hour)
  plan.worker = 'mediator'
  course.take('mediator', { action: 'sign' }, random.between(10, 100) * minute)
  act(course, 'mediator', random.between(5, 100) * minute, 'at_once')
}

function join(course: Course): void {
  const units = ['街道综合执法中心', '派出所', '市场监督管理所']
  const { random } = course
  const joint = { action: 'join', leadUnit: units[0]!, units: units.slice(0, random.whole(2, 3)) } as const
  course.take('duty_officer', joint, random.between(0.5, 5) * hour)
}

function consult(course: Course): void {
  const { random } = course
  const units = ['街道综治中心', '派出所', '街道司法所']
  const dueAt = new Date(afterWorkdays(course.now, random.whole(4, 6))).toISOString()
  const decision = `k${course.count('consult') + 1}`
  const decisions = [{ decision, unit: units[random.whole(1, 2)]!, dueAt }]
  course.take('centre_lead', { action: 'consult', units, decisions }, random.between(0.2, 1) * day, 'office')
  course.take('mediator', { action: 'carry_out', decision }, random.between(0.5, 4) * day, 'office')
}

/** What is past its time is urged, and extended where more time was asked for before. */
function lateness(course: Course, plan: Plan): { at: number; take: () => void }[] {
  const { random } = course
  if (random.chance(0.35)) return [{ at: plan.due - 0.5 * day, take: () => extend(course, plan) }]
  if (plan.finish < plan.due + 4 * hour || random.chance(0.4)) return []
  const form = random.chance(0.6) ? ({ form: 'urge' } as const) : ({ form: 'supervise', card: 'yellow' } as const)
  const urge = { action: 'supervise', ...course.reason('supervise'), ...form } as const
  const role = random.chance(0.3) ? 'supervisor' : 'centre_lead'
  return [{ at: plan.due + 3 * hour, take: () => course.take(role, urge, random.between(1, 4) * hour) }]
}

function extend(course: Course, plan: Plan): void {
  const { random } = course
  const reason = course.reason('extend')
  const wait = Math.max(minute, plan.due - 0.6 * day - course.now)
  course.take(plan.worker, { action: 'request', request: 'extend', ...reason }, wait)
  if (random.chance(0.12)) {
    course.take(
      'centre_lead',
      { action: 'decline', reason: '时限充足，请按期办结' },
      random.between(0.2, 2) * hour,
      'at_once',
    )
    return
  }
  const until = afterWorkdays(course.now + day, isDispute(course.traits) ? 10 : 5)
  const longer = { action: 'extend', ...reason, dueAt: new Date(until).toISOString() } as const
  course.take('centre_lead', longer, random.between(0.2, 2) * hour)
}

/** Both sides are entered, sign, and one of them has something to do. */
function agree(course: Course, plan: Plan): Handled['duty'] {
  const { random } = course
  const kind = random.chance(0.2) ? 'organisation' : 'person'
  const at = Math.max(course.now + minute, plan.finish - random.between(2, 30) * hour)
  const earlier = course.count('agree')
  if (earlier === 0) {
    course.takeAt(plan.worker, { action: 'add_party', party: 'p1', side: 'applicant', partyKind: 'person' }, at)
    const other = { action: 'add_party', party: 'p2', side: 'respondent', partyKind: kind } as const
    course.take(plan.worker, other, random.between(1, 6) * minute, 'at_once')
  }
  const dueAt = course.now + random.whole(3, 20) * day
  const agreed = { agreement: `a${earlier + 1}`, duty: `d${earlier + 1}`, dueAt }
  const duties = [{ duty: agreed.duty, party: 'p2', dueAt: new Date(Math.floor(dueAt)).toISOString() }]
  const paper = {
    action: 'agree',
    agreement: agreed.agreement,
    form: 'written',
    parties: ['p1', 'p2'],
    duties,
  } as const
  course.take(plan.worker, { ...paper, parties: [...paper.parties] }, random.between(20, 100) * minute, 'at_once')
  return agreed
}

/** To a body outside, which finishes it or says what the unit still has to do. */
function forward(course: Course, worker: WorkflowRole): void {
  const { random } = course
  const unit = course.word((words) => outsideUnitOf(words), '外单位')
  const expectedAt = new Date(afterWorkdays(course.now, random.whole(3, 6))).toISOString()
  const paper = { action: 'forward', unit, receipt: '转办回执', expectedAt } as const
  course.take(worker, paper, random.between(1, 8) * hour, 'office')
  const wait = random.between(0.8, 6) * day
  if (random.chance(0.6)) return course.take(worker, { action: 'outside_finishes' }, wait, 'office')
  course.take(worker, { action: 'outside_replies' }, wait, 'office')
  course.take(worker, { action: 'finish', outcome: 'settled' }, random.between(2, 30) * hour, 'office')
}
