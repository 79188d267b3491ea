import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { WorkflowRole } from '../../domain/incident-workflow/incident-loop.ts'
import type { Random } from '../../stats/random.ts'
import { Course, day, hour, type LifeStep, minute } from './course.ts'
import { followUp } from './follow-up.ts'
import { handle, type Handled } from './handling.ts'
import { dueOf, isDispute, isGrave, type Traits } from './traits.ts'

/**
 * All steps of an incident from its report to the archive, those of the future included: what is visible at an instant is
 * those before it. Each is a step of the workflow (`domain/incident-workflow`), taken in a role and by no account.
 *
 * @param words of which opinions and reasons are drawn; null: without any. The steps and their times are the same.
 */
export function lifeOf(traits: Traits, random: Random, words: Random | null): LifeStep[] {
  const course = new Course(traits, random, words)
  const { type, urgency, involvedCount } = traits
  course.take(reporterOf[traits.channel], { action: 'report', type, urgency, involvedCount }, 0, 'at_once')
  if (random.chance(0.022)) {
    course.take('duty_officer', { action: 'void', ...course.reason('void') }, random.between(0.3, 5) * hour)
    return course.steps
  }
  if (type !== 'E10' && random.chance(0.018)) {
    const notice = { notice: '不予受理告知书' }
    course.take(
      'duty_officer',
      { action: 'reject', ...course.reason('reject'), ...notice },
      random.between(5, 55) * minute,
    )
    course.take('duty_officer', { action: 'archive' }, random.between(3, 8) * day, 'office')
    return course.steps
  }
  const accepted = random.chance(0.14) ? random.between(1.2, 70) * hour : random.between(4, 50) * minute
  course.take('duty_officer', { action: 'accept' }, accepted, 'at_once')
  const startedAt = course.now
  if (urgency === '1' && minor.includes(type) && random.chance(0.24)) {
    course.take('grid_worker', { action: 'close_directly', outcome: 'settled' }, random.between(0.5, 7) * hour)
    followUp(course, { isOver: false, duty: null }, handleAgain)
    return course.steps
  }
  classify(course, startedAt)
  followUp(course, handle(course, dueOf(traits, startedAt)), handleAgain)
  return course.steps
}

/** Small matters that whoever is there settles at once. */
const minor: readonly IncidentType[] = ['E03', 'E08', 'E07', 'E05', 'E99']

/** Files a case that came back from its follow-up or was reopened, and works on it again. */
const handleAgain = (course: Course): Handled => handle(course, dueOf(course.traits, course.now))

function classify(course: Course, startedAt: number): void {
  const { traits, random } = course
  const { type, risk, urgency, involvedCount } = traits
  const due = isGrave(traits) && urgency === '1' ? { dueAt: new Date(dueOf(traits, startedAt)).toISOString() } : {}
  const found = { action: 'classify', type, risk, urgency, involvedCount, ...due } as const
  course.take(risk === 'red' ? 'centre_lead' : 'duty_officer', found, random.between(3, 24) * minute, 'at_once')
  if (risk === 'red')
    course.take(
      'centre_lead',
      { action: 'assign_lead', post: '街道分管负责人' },
      random.between(2, 8) * minute,
      'at_once',
    )
  if (isDispute(traits) && random.chance(0.3)) {
    const procedure = { action: 'choose_procedure', procedure: 'people_mediation' } as const
    course.take('duty_officer', procedure, random.between(1, 5) * minute, 'at_once')
  }
}

/** Who registers what comes in by a channel. */
const reporterOf: Record<Channel, WorkflowRole> = {
  grid_app: 'grid_worker',
  patrol: 'grid_worker',
  visit: 'grid_worker',
  walk_in: 'duty_officer',
  leader_reception: 'centre_lead',
  hotline_12345: 'duty_officer',
  police_110: 'duty_officer',
  superior: 'duty_officer',
  department: 'department',
  wechat_group: 'community',
  weilinli: 'community',
  mini_program: 'reporter',
  qr_hall: 'reporter',
  message_board: 'reporter',
  sunshine_petition: 'reporter',
  online_reception: 'reporter',
  iot: 'system',
}
