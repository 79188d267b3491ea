import { z } from 'zod'
import { define, type FigureDefinition } from './figure-definition.ts'
import { seriousEventFigures } from './serious-event-figures.ts'

/** Every figure of the closed loop (domain: KPIs), in the order in which they are shown. */
export const figureDefinitions = {
  ...seriousEventFigures,
  reported: define({
    label: { zh: '上报件', en: 'Reported' },
    unit: 'count',
    group: 'volume',
    wanted: 'neither',
    numerator: { zh: '期内上报', en: 'reported' },
    denominator: null,
    cohort: {
      zh: '期内上报的全部事件，含后来并入其他事件或作废的，不含草稿。',
      en: 'All cases reported in the period, those merged or voided later included, drafts not.',
    },
    unknown: null,
  }),
  valid_share: define({
    label: { zh: '有效事项占比', en: 'Valid share' },
    unit: 'rate',
    group: 'volume',
    wanted: 'neither',
    numerator: { zh: '有效事项', en: 'valid' },
    denominator: { zh: '期内上报', en: 'reported' },
    cohort: {
      zh: '期内上报的事件，查重合并后仍单独办理、未作废的为有效事项。',
      en: 'Of the cases reported in the period those that are neither merged into another one nor void.',
    },
    unknown: null,
  }),
  accepted: define({
    label: { zh: '受理件', en: 'Accepted' },
    unit: 'count',
    group: 'volume',
    wanted: 'neither',
    numerator: { zh: '期内受理', en: 'accepted' },
    denominator: null,
    cohort: {
      zh: '期内首次受理的事件，不含并件和作废件。',
      en: 'Cases first accepted in the period, without merged and void ones.',
    },
    unknown: null,
  }),
  acceptance: define({
    label: { zh: '按时受理率', en: 'Accepted in time' },
    unit: 'rate',
    group: 'timeliness',
    wanted: 'more',
    numerator: { zh: '按时受理', en: 'accepted in time' },
    denominator: { zh: '期内上报', en: 'reported' },
    cohort: {
      zh: '期内上报的有效事件，上报（重新提交的自重新提交起）后 1 小时内受理的占比；不予受理的和时限未满的不计，逾时仍未受理的算未按时。',
      en: 'Of the valid cases reported in the period those accepted within 1 hour, of resubmitted ones since then. Rejected ones and those whose time is not over are left out; those still waiting after it count as late.',
    },
    unknown: { zh: '文件未说明何时受理', en: 'of which a file does not say when they were accepted' },
    time: {
      name: { zh: '第一时间受理', en: 'Acceptance' },
      span: { zh: '上报 → 受理', en: 'report → acceptance' },
      limit: { zh: '1 小时', en: '1 hour' },
    },
  }),
  overdue: define({
    label: { zh: '超期件', en: 'Overdue' },
    unit: 'count',
    group: 'timeliness',
    wanted: 'less',
    numerator: { zh: '超期', en: 'overdue' },
    denominator: { zh: '期末在办', en: 'open at the end' },
    cohort: {
      zh: '期末（未到期末的，以所选时点计）仍在办理的事件，已过办结时限的为超期件，不论何时上报。',
      en: 'Of the cases open at the end of the period (before its end: at the time chosen), whenever they were reported, those past their due time.',
    },
    unknown: null,
  }),
  completion: define({
    label: { zh: '办结率', en: 'Completion rate' },
    unit: 'rate',
    group: 'finishing',
    wanted: 'more',
    numerator: { zh: '已结案', en: 'closed' },
    denominator: { zh: '期内受理', en: 'accepted' },
    cohort: {
      zh: '期内受理的事件，截至所选时点已结案的占比，不论结果如何；反弹或重新办理而未再结案的不算。问题是否解决看“解决率”。',
      en: 'Of the cases accepted in the period those that stand closed, whatever the outcome; not those that relapsed or were reopened and are open again. Whether the matter was solved is what “Solved” says.',
    },
    unknown: null,
  }),
  mediation_success: define({
    label: { zh: '调解成功率（化解率）', en: 'Mediation success' },
    unit: 'rate',
    group: 'finishing',
    wanted: 'more',
    numerator: { zh: '达成协议或缓解', en: 'agreed or eased' },
    denominator: { zh: '期内受理的矛盾纠纷', en: 'disputes accepted' },
    cohort: {
      zh: '期内受理的矛盾纠纷，截至所选时点以书面协议、口头协议或缓解结案的占比；未结案的留在分母中。与“办结率”不同：调解不成、撤回、引导其他途径的已办结，但不算化解。',
      en: 'Of the disputes accepted in the period those that stand closed with a written or oral agreement or eased; open ones stay in the denominator. Unlike “Completion rate” it leaves out what failed, was withdrawn or was referred elsewhere.',
    },
    unknown: { zh: '已结案但未记录结果', en: 'closed without a recorded outcome' },
  }),
  disputes_resolved: define({
    label: { zh: '化解纠纷', en: 'Disputes resolved' },
    unit: 'count',
    group: 'finishing',
    wanted: 'more',
    numerator: { zh: '期内化解', en: 'resolved' },
    denominator: null,
    cohort: {
      zh: '期内结案、结果为书面协议、口头协议或缓解的矛盾纠纷，不论何时受理；反弹而未再结案的不算。',
      en: 'Disputes closed in the period with an agreement or eased, whenever they were accepted; not those that are open again.',
    },
    unknown: { zh: '已结案但未记录结果', en: 'closed without a recorded outcome' },
  }),
  solved: define({
    label: { zh: '解决率', en: 'Solved' },
    unit: 'rate',
    group: 'finishing',
    wanted: 'more',
    numerator: { zh: '问题已解决', en: 'solved' },
    denominator: { zh: '期内结案', en: 'closed' },
    cohort: {
      zh: '期内结案的事件，结果为书面协议、口头协议、缓解或已办结且未反弹的占比。“办结率”看受理的件办完没有，“解决率”看办完的件问题解决没有。',
      en: 'Of the cases closed in the period those whose outcome is an agreement, eased or dealt with, and which have not relapsed. “Completion rate” asks how many of the accepted cases ended, this one how many of the ended ones were solved.',
    },
    unknown: { zh: '未记录结果', en: 'without a recorded outcome' },
  }),
  due_closed: define({
    label: { zh: '结案率', en: 'Closed of those due' },
    unit: 'rate',
    group: 'timeliness',
    wanted: 'more',
    numerator: { zh: '已结案', en: 'closed' },
    denominator: { zh: '期内到期', en: 'due' },
    cohort: {
      zh: '办结时限在期内、且截至所选时点已到期的事件，已结案的占比，不论是否按期；挂账缓办中的时限暂停，不计。',
      en: 'Of the cases whose due time lies in the period and has come, those that stand closed, late ones included. A suspended case has no due time yet and is left out.',
    },
    unknown: null,
  }),
  due_on_time: define({
    label: { zh: '按期结案率', en: 'Closed on time' },
    unit: 'rate',
    group: 'timeliness',
    wanted: 'more',
    numerator: { zh: '按期结案', en: 'closed on time' },
    denominator: { zh: '期内到期', en: 'due' },
    cohort: {
      zh: '与“结案率”同一批事件，结案时间不晚于办结时限的占比。',
      en: 'Of the same cases as “Closed of those due” those that were closed by their due time.',
    },
    unknown: null,
    time: {
      name: { zh: '第一时间化解', en: 'Resolution' },
      span: {
        zh: '受理（重办的自重办起）→ 结案，含挂账时间',
        en: 'acceptance, or reopening → closing, suspensions included',
      },
      limit: { zh: '各件办结时限', en: 'the due time of each case' },
    },
  }),
  response: define({
    label: { zh: '按时响应率', en: 'Response on time' },
    unit: 'rate',
    group: 'timeliness',
    wanted: 'more',
    numerator: { zh: '按时首次响应', en: 'responded in time' },
    denominator: { zh: '期内交办', en: 'dispatched' },
    cohort: {
      zh: '期内交办的事件，签收后 2 小时内首次响应（记录、调解、待补充、转外单位或提请核查）的占比，挂账时间扣除；时限未满的不计，签收超时的算未按时。',
      en: 'Of the cases dispatched in the period those with a first action (record, mediation, question to the reporter, forwarding or submission) within 2 hours of signing, suspensions deducted. Those whose time is not over are left out; those not signed in time count as late.',
    },
    unknown: { zh: '未记录首次响应', en: 'without a recorded first action' },
    time: {
      name: { zh: '第一时间响应', en: 'Response' },
      span: { zh: '签收 → 首次办理，扣除挂账时间', en: 'signing → first action, suspensions deducted' },
      limit: { zh: '2 小时', en: '2 hours' },
    },
  }),
  extension: define({
    label: { zh: '延期率', en: 'Extension rate' },
    unit: 'rate',
    group: 'timeliness',
    wanted: 'less',
    numerator: { zh: '批准过延期', en: 'extended' },
    denominator: { zh: '期内到期', en: 'due' },
    cohort: {
      zh: '与“结案率”同一批事件，批准过延期的占比；办理过程只来自导入文件的不计。',
      en: 'Of the same cases as “Closed of those due” those for which an extension was approved; cases known from files alone are left out.',
    },
    unknown: { zh: '办理过程只来自文件', en: 'known from files alone' },
  }),
  returned: define({
    label: { zh: '退回率', en: 'Return rate' },
    unit: 'rate',
    group: 'quality',
    wanted: 'less',
    numerator: { zh: '被退回', en: 'returned' },
    denominator: { zh: '期内交办', en: 'dispatched' },
    cohort: {
      zh: '期内交办的事件，交办后被承办单位退回过的占比。',
      en: 'Of the cases dispatched in the period those that were returned by a unit afterwards.',
    },
    unknown: null,
  }),
  rework: define({
    label: { zh: '返工率', en: 'Rework rate' },
    unit: 'rate',
    group: 'quality',
    wanted: 'less',
    numerator: { zh: '被返工', en: 'sent back' },
    denominator: { zh: '期内提请核查', en: 'submitted for verification' },
    cohort: {
      zh: '期内提请核查的事件，核查后被要求返工的占比。',
      en: 'Of the cases submitted for verification in the period those that were sent back for rework.',
    },
    unknown: null,
  }),
  closed: define({
    label: { zh: '结案件', en: 'Closed' },
    unit: 'count',
    group: 'finishing',
    wanted: 'neither',
    numerator: { zh: '期内结案', en: 'closed' },
    denominator: null,
    cohort: {
      zh: '期内结案的事件，不论何时受理；不予受理、并件和作废的不算。',
      en: 'Cases closed in the period, whenever they were accepted; without rejected, merged and void ones.',
    },
    unknown: null,
  }),
  participation: define({
    label: { zh: '参评率', en: 'Rated' },
    unit: 'rate',
    group: 'after',
    wanted: 'more',
    numerator: { zh: '当事人已评价', en: 'rated' },
    denominator: { zh: '期内结案', en: 'closed' },
    cohort: {
      zh: '期内结案的事件，当事人凭回执评价过的占比；工作人员回访所记的不算评价。',
      en: 'Of the cases closed in the period those that their reporter has rated by the receipt; what workers note at a follow-up visit is no rating.',
    },
    unknown: null,
  }),
  satisfaction: define({
    label: { zh: '满意率', en: 'Satisfied' },
    unit: 'rate',
    group: 'after',
    wanted: 'more',
    numerator: { zh: '满意或基本满意', en: 'satisfied or fairly so' },
    denominator: { zh: '有效评价', en: 'ratings' },
    cohort: {
      zh: '期内结案且当事人已评价的事件，评价为满意或基本满意的占比；未评价的不计入，另看“参评率”。',
      en: 'Of the cases closed in the period and rated by their reporter those rated satisfied or fair. Who did not answer is left out: see “Rated”.',
    },
    unknown: null,
  }),
  follow_up: define({
    label: { zh: '回访率', en: 'Followed up' },
    unit: 'rate',
    group: 'after',
    wanted: 'more',
    numerator: { zh: '已回访', en: 'visited' },
    denominator: { zh: '期内应回访', en: 'due for a visit' },
    cohort: {
      zh: '结案满 7 天之日在期内的事件（首次回访到期），已回访的占比；原系统由“回访中”转归档的视为已回访。',
      en: 'Of the cases whose first follow-up fell due in the period, 7 days after closing, those that were visited; in imported logs also those archived from follow-up.',
    },
    unknown: null,
  }),
  first_visit: define({
    label: { zh: '按时回访率', en: 'Followed up in time' },
    unit: 'rate',
    group: 'after',
    wanted: 'more',
    numerator: { zh: '按时回访', en: 'visited in time' },
    denominator: { zh: '期内应回访', en: 'due for a visit' },
    cohort: {
      zh: '与“回访率”同一批事件，结案后 7 天内首次回访的占比；未记录回访时间的不计。',
      en: 'Of the same cases as “Followed up” those that were first visited within 7 days of closing. Those of which it is not recorded when they were visited are left out.',
    },
    unknown: { zh: '文件未说明何时回访', en: 'of which a file does not say when they were visited' },
    time: {
      name: { zh: '第一时间回访', en: 'Follow-up' },
      span: { zh: '结案 → 首次回访', en: 'closing → first visit' },
      limit: { zh: '7 天', en: '7 days' },
    },
  }),
  relapse: define({
    label: { zh: '反弹率', en: 'Relapse rate' },
    unit: 'rate',
    group: 'after',
    wanted: 'less',
    numerator: { zh: '反弹', en: 'relapsed' },
    denominator: { zh: '期内结案', en: 'closed' },
    cohort: {
      zh: '期内结案的事件，回访中发现反弹而重新立案的占比；应当事人要求重新办理的不算反弹。',
      en: 'Of the cases closed in the period those filed again because the matter relapsed; a reopening on demand is no relapse.',
    },
    unknown: null,
  }),
} as const satisfies Record<string, FigureDefinition>

export type FigureName = keyof typeof figureDefinitions
/** The keys of an object literal are exactly those of its type. */
export const figureNames = Object.keys(figureDefinitions) as FigureName[]
export const FigureName = z.enum(figureNames as [FigureName, ...FigureName[]])

export function figureOf(name: FigureName): FigureDefinition {
  return figureDefinitions[name]
}

/** The four first times (四个第一时间), in the order of a case: each the figure that says how many were in time. */
export const firstTimes = ['acceptance', 'response', 'due_on_time', 'first_visit'] as const satisfies FigureName[]
export type FirstTime = (typeof firstTimes)[number]

/** By what the cases of a period are divided. The unit is the one responsible last. */
export const figureDivisions = ['area', 'type', 'channel', 'unit'] as const
export const FigureDivision = z.enum(figureDivisions)
export type FigureDivision = z.infer<typeof FigureDivision>

export const figureParts = ['numerator', 'denominator', 'unknown'] as const
export const FigurePart = z.enum(figureParts)
export type FigurePart = z.infer<typeof FigurePart>

/** The key of cases that belong to none of a division's groups: without a place below the area, or without a unit. */
export const noGroup = 'none'

const Count = z.int().min(0)

export const FigureValue = z.object({
  figure: FigureName,
  numerator: Count,
  /** Null: a count of its own. */
  denominator: Count.nullable(),
  /** Of a rate: the quotient, null where nothing is divided; of a count: the numerator. */
  value: z.number().min(0).nullable(),
  unknown: Count,
  /** Of a first time: whole minutes that half of those that are done took at most; null without one. */
  median: z.number().min(0).nullable(),
})
export type FigureValue = z.infer<typeof FigureValue>

/**
 * @param denominator null for a count of its own
 * @param times whole minutes that it took, in any order
 */
export function figureValue(
  figure: FigureName,
  numerator: number,
  denominator: number | null,
  unknown: number,
  times: readonly number[] = [],
): FigureValue {
  const { unit } = figureOf(figure)
  const rate = denominator === null || denominator === 0 ? null : numerator / denominator
  return { figure, numerator, denominator, value: unit === 'rate' ? rate : numerator, unknown, median: medianOf(times) }
}

function medianOf(times: readonly number[]): number | null {
  if (times.length === 0) return null
  const sorted = Float64Array.from(times).sort()
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

/**
 * From an earlier value to a later one: of counts the relative change (domain: 同比/环比), of rates the difference, which
 * is spoken of in percentage points. Null where one of them is unknown, and where a count was zero.
 */
export function figureChange(name: FigureName, now: number | null, before: number | null): number | null {
  if (now === null || before === null) return null
  if (figureOf(name).unit === 'rate') return now - before
  return before === 0 ? null : (now - before) / before
}
