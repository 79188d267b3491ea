import { z } from 'zod'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'
import { Task } from './task.ts'

/** The three things that a centre is supervised for (domain: what inspectors ask for). */
export const supervisionLists = ['unaccepted', 'unhandled', 'irregular'] as const
export const SupervisionList = z.enum(supervisionLists)
export type SupervisionList = z.infer<typeof SupervisionList>

export const supervisionListLabels: Record<SupervisionList, Label> = {
  unaccepted: { zh: '应受理未受理', en: 'Not accepted in time' },
  unhandled: { zh: '应办理未办理', en: 'Not handled in time' },
  irregular: { zh: '不依法办理', en: 'Not handled as required' },
}

/** Why a case is on a list, by list. */
const reasonsOf = {
  unaccepted: ['not_accepted'],
  unhandled: [
    'not_dispatched',
    'not_signed',
    'not_responded',
    'not_handled',
    'not_resolved',
    'not_verified',
    'no_reply',
    'not_continued',
  ],
  irregular: ['still_suspended', 'not_visited', 'not_performed', 'not_carried_out', 'often_returned', 'often_reworked'],
} as const satisfies Record<SupervisionList, readonly string[]>

export const supervisionReasons = [...reasonsOf.unaccepted, ...reasonsOf.unhandled, ...reasonsOf.irregular] as const
export type SupervisionReason = (typeof supervisionReasons)[number]

export const supervisionReasonLabels: Record<SupervisionReason, Label> = {
  not_accepted: { zh: '超过受理时限未受理', en: 'Not accepted within the time limit' },
  not_dispatched: { zh: '超过时限未交办', en: 'Not dispatched within the time limit' },
  not_signed: { zh: '超过时限未签收', en: 'Not signed for within the time limit' },
  not_responded: { zh: '签收后超过时限未首次响应', en: 'No first response within the time limit after signing' },
  not_handled: { zh: '承办单位超过办理时限', en: 'The unit has exceeded its time to handle it' },
  not_resolved: { zh: '超过办结时限', en: 'Not resolved within the time limit' },
  not_verified: { zh: '超过时限未核查', en: 'Not verified within the time limit' },
  no_reply: { zh: '外单位超过时限未回复', en: 'No reply from the outside body in time' },
  not_continued: {
    zh: '当事人逾期未补充，未作处理',
    en: 'The reporter has not answered in time, and nothing was done',
  },
  still_suspended: { zh: '缓办期满未恢复办理', en: 'The suspension is over and handling was not resumed' },
  not_visited: { zh: '未按期回访', en: 'Follow-up visit not made in time' },
  not_performed: {
    zh: '协议逾期未履行，未跟进',
    en: 'A duty of the agreement is past its time, and nothing was recorded',
  },
  not_carried_out: { zh: '会商决定逾期未落实', en: 'A decision of a meeting is past its time' },
  often_returned: { zh: '反复退回', en: 'Returned again and again' },
  often_reworked: { zh: '反复返工', en: 'Reworked again and again' },
}

/** From so many returns, or reworks, on a case is looked at. */
export const oftenReturned = 2

const overdueReason = {
  accept: 'not_accepted',
  dispatch: 'not_dispatched',
  sign: 'not_signed',
  respond: 'not_responded',
  handle: 'not_handled',
  resolve: 'not_resolved',
  verify: 'not_verified',
  outside: 'no_reply',
  reporter: 'not_continued',
  suspended: 'still_suspended',
  follow_up: 'not_visited',
  duty: 'not_performed',
  decision: 'not_carried_out',
} as const satisfies Record<NonNullable<Task['node']>, SupervisionReason>

/** What has been done about a case so far. */
export const SupervisionRecord = z.object({
  urgings: z.int(),
  yellowCards: z.int(),
  redCards: z.int(),
  returns: z.int(),
  reworks: z.int(),
})
export type SupervisionRecord = z.infer<typeof SupervisionRecord>

export const SupervisedCase = Task.extend({
  ...SupervisionRecord.shape,
  list: SupervisionList,
  reasons: z.array(z.enum(supervisionReasons)),
  /** What the rules suggest; a person decides. */
  proposed: z.object({ form: z.enum(['urge', 'supervise']), card: z.enum(['yellow', 'red']).nullable() }),
})
export type SupervisedCase = z.infer<typeof SupervisedCase>

export const Supervision = z.object({
  at: Instant,
  counts: z.array(z.object({ list: SupervisionList, cases: z.int() })),
  cases: z.array(SupervisedCase),
  /** Whether there are more than were looked at. */
  isIncomplete: z.boolean(),
})
export type Supervision = z.infer<typeof Supervision>

/**
 * On which list a case is, and why; null where there is nothing to supervise. Yellow is proposed once the time is over,
 * red at twice the time or with a yellow card already (domain: SLA clocks); before that, urging.
 *
 * @param now milliseconds since 1970
 */
export function supervise(
  task: Pick<Task, 'node' | 'startedAt' | 'dueAt'> & SupervisionRecord,
  now: number,
): Pick<SupervisedCase, 'list' | 'reasons' | 'proposed'> | null {
  const due = task.dueAt === null ? null : Date.parse(task.dueAt)
  const isOverdue = due !== null && due < now
  const reasons: SupervisionReason[] = []
  if (isOverdue && task.node !== null) reasons.push(overdueReason[task.node])
  if (task.returns >= oftenReturned) reasons.push('often_returned')
  if (task.reworks >= oftenReturned) reasons.push('often_reworked')
  const first = reasons[0]
  if (first === undefined) return null
  return { list: listOf(first), reasons, proposed: proposedFor(task, isOverdue ? due : null, now) }
}

function listOf(reason: SupervisionReason): SupervisionList {
  return supervisionLists.find((list) => reasonsOf[list].some((one) => one === reason))!
}

function proposedFor(
  { startedAt, yellowCards, redCards, urgings }: Pick<Task, 'startedAt'> & SupervisionRecord,
  due: number | null,
  now: number,
): SupervisedCase['proposed'] {
  if (due === null || redCards > 0) return { form: urgings === 0 ? 'urge' : 'supervise', card: null }
  const isDoubled = startedAt !== null && now - Date.parse(startedAt) >= 2 * (due - Date.parse(startedAt))
  return { form: 'supervise', card: yellowCards > 0 || isDoubled ? 'red' : 'yellow' }
}
