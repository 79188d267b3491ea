import type { Label } from '../label.ts'
import { dayLength } from '../local-time.ts'
import { hasAccount, type IncidentLoop, type WorkflowActor } from './incident-loop.ts'

/** Extensions that a case may have. */
export const mostExtensions = 2
/** How long the reporter is waited for before the case may be closed without an answer. */
export const unansweredAfter = 7 * dayLength

type Rule = {
  holds: (loop: IncidentLoop, actor: WorkflowActor, at: number) => boolean
  /** Why not, and what to do. */
  refusal: Label
}

/** The centre may record what a handler reports by telephone; it then counts as having worked on the case. */
const actsForCentre = ({ role }: WorkflowActor) =>
  role === 'duty_officer' || role === 'centre_lead' || role === 'system'

/** Conditions of transitions that depend on the case so far and on who asks, not on what the step records. */
export const stepRules = {
  handler: {
    holds: ({ handlers }, actor) => handlers.length === 0 || handlers.includes(actor.id) || actsForCentre(actor),
    refusal: {
      zh: '只有该事件的承办人可以办理，请由承办人操作或先改派。',
      en: 'Only a handler of the case may do this: let them, or dispatch it again first.',
    },
  },
  other_than_handler: {
    holds: ({ workedBy }, actor) => actor.role === 'system' || !workedBy.includes(actor.id),
    refusal: {
      zh: '核查人不能是办理过该事件的人，请由其他人员核查。',
      en: 'Whoever worked on the case cannot verify it: let somebody else.',
    },
  },
  other_than_requester: {
    holds: ({ request }, actor) => actor.role === 'system' || !hasAccount(actor) || request?.by !== actor.id,
    refusal: {
      zh: '申请人不能审批自己的申请，请由其他负责人审批。',
      en: 'Nobody decides on their own request: let another lead decide.',
    },
  },
  requested: {
    holds: ({ request }) => request !== null,
    refusal: { zh: '没有待审批的申请。', en: 'There is no request to decide on.' },
  },
  not_requested: {
    holds: ({ request }) => request === null,
    refusal: { zh: '已有申请待审批，请等待审批结果。', en: 'A request is waiting to be decided on already.' },
  },
  minor: {
    holds: ({ risk, urgency, type }) =>
      risk !== 'red' && risk !== 'orange' && (urgency ?? '1') === '1' && !(type ?? '').startsWith('D'),
    refusal: {
      zh: '只有一般事件可以采集并结案，该事件请立案办理。',
      en: 'Only minor events are closed directly: classify this case and dispatch it.',
    },
  },
  dispute: {
    holds: ({ type }) => type?.startsWith('D') ?? true,
    refusal: { zh: '只有矛盾纠纷适用调解。', en: 'Only disputes are mediated.' },
  },
  below_top_level: {
    holds: ({ level }) => level < 3,
    refusal: {
      zh: '已由专业组织调处，不能再提级，可引导仲裁或诉讼。',
      en: 'A professional body handles it already: refer it to arbitration or court instead.',
    },
  },
  waited: {
    holds: ({ waits }, _, at) => at - (waits.at(-1)?.from ?? at) >= unansweredAfter,
    refusal: {
      zh: '等待当事人未满 7 天，暂不能以未补充结案。',
      en: 'The reporter has been waited for less than 7 days: wait longer before closing.',
    },
  },
  extension_left: {
    holds: ({ extensions }) => extensions < mostExtensions,
    refusal: { zh: '延期已达 2 次，不能再延。', en: 'It has been extended twice and cannot be again.' },
  },
  merged: {
    holds: ({ mergedInto }) => mergedInto !== null,
    refusal: { zh: '该事件未被合并。', en: 'The case is not merged into another.' },
  },
  has_duplicates: {
    holds: ({ absorbed }) => absorbed.length > 0,
    refusal: { zh: '没有并入该事件的重复件。', en: 'No duplicate is merged into this case.' },
  },
  no_duplicates: {
    holds: ({ absorbed }) => absorbed.length === 0,
    refusal: {
      zh: '该事件已并入重复件，请先分出再合并或作废。',
      en: 'Duplicates are merged into this case: release them first.',
    },
  },
  agreed: {
    holds: ({ agreements }) => agreements.some(({ duties }) => duties.some(({ state }) => state === 'open')),
    refusal: { zh: '没有待履行的协议事项。', en: 'No duty of an agreement is open.' },
  },
  decided: {
    holds: ({ decisions }) => decisions.some(({ state }) => state === 'open'),
    refusal: { zh: '没有待落实的会商决定。', en: 'No decision of a meeting is open.' },
  },
  has_parties: {
    holds: ({ parties }) => parties.length > 0,
    refusal: { zh: '请先登记当事人。', en: 'Enter the parties first.' },
  },
  no_serious_events: {
    holds: ({ seriousEvents }) => seriousEvents.length === 0,
    refusal: {
      zh: '该事件已登记安全底线情况，合并或作废后将不再计数；请先撤回，需要时登记到并入的事件。',
      en: 'A serious event is recorded on this case and would no longer be counted: withdraw it first, and record it on the other case.',
    },
  },
  has_serious_events: {
    holds: ({ seriousEvents }) => seriousEvents.length > 0,
    refusal: { zh: '该事件没有登记安全底线情况。', en: 'No serious event is recorded on this case.' },
  },
  not_rated: {
    holds: ({ rating }) => rating === null,
    refusal: { zh: '该事件已评价。', en: 'The case is rated already.' },
  },
} as const satisfies Record<string, Rule>

export type StepRule = keyof typeof stepRules
