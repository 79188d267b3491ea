import type { IncidentStatus } from '../incident-status.ts'
import type { WorkflowRole } from './incident-loop.ts'
import type { StepAction } from './step-actions.ts'
import type { StepRule } from './step-rules.ts'

export type Transition = {
  action: StepAction
  /** Null: before the first step; `any`: from every status, the first step included. */
  from: readonly (IncidentStatus | null)[] | 'any'
  /** `same`: where it stands; `given`: as the step says; `before_merge`: where it stood when it was merged. */
  to: IncidentStatus | 'same' | 'given' | 'before_merge'
  by: readonly WorkflowRole[]
  rules: readonly StepRule[]
}

const lead = ['centre_lead'] as const
const centre = ['duty_officer', 'centre_lead'] as const
const dispatchers = [...centre, 'community'] as const
const handlers = ['grid_worker', 'community', 'mediator', 'department', ...centre] as const
const reporters = [...handlers, 'reporter'] as const
const overseers = [...centre, 'supervisor'] as const
/** Somebody has to act. */
const open = ['10', '20', '30', '40', '45', '50', '52', '55', '58', '60'] as const satisfies readonly IncidentStatus[]
/** Somebody has to act, and it is known that the case is one for the centre. */
const accepted = ['20', '30', '40', '45', '50', '52', '55', '58', '60'] as const satisfies readonly IncidentStatus[]
const handling = ['50', '52', '58'] as const satisfies readonly IncidentStatus[]
const finished = ['70', '75', '80'] as const satisfies readonly IncidentStatus[]

const define = (
  action: StepAction,
  from: Transition['from'],
  to: Transition['to'],
  by: readonly WorkflowRole[],
  rules: readonly StepRule[] = [],
): Transition => ({ action, from, to, by: [...by, 'system'], rules })

/**
 * Every step of the closed loop (domain: state machine). One action leads from one status to one other: what is not here
 * is refused.
 */
export const transitions: readonly Transition[] = [
  define('draft', [null], '00', handlers),
  define('report', [null], '10', reporters),
  define('submit', ['00'], '10', handlers),
  define('import', 'any', 'given', []),
  define('accept', ['10'], '20', dispatchers),
  define('reject', ['10'], '15', dispatchers),
  define('resubmit', ['15'], '10', reporters),
  define('close_directly', ['20'], '70', ['grid_worker', ...dispatchers], ['minor']),
  define('classify', ['20'], '30', dispatchers),
  define('classify', ['30', '40', '45', '50'], 'same', dispatchers),
  define('dispatch', ['30', '45'], '40', dispatchers),
  define('refile', ['45'], '30', dispatchers),
  define('sign', ['40'], '50', handlers, ['handler']),
  define('return', ['40', '50'], '45', lead, ['other_than_requester']),
  define('record', handling, 'same', handlers, ['handler']),
  define('mediate', ['50'], 'same', handlers, ['handler', 'dispute']),
  define('escalate', ['50'], '40', handlers, ['handler', 'below_top_level']),
  define('join', ['50'], 'same', dispatchers),
  define('consult', accepted, 'same', dispatchers),
  define('carry_out', [...accepted, '70', '75'], 'same', handlers, ['decided']),
  define('ask_reporter', ['50'], '52', handlers, ['handler']),
  define('reporter_answers', ['52'], '50', reporters),
  define('close_unanswered', ['52'], '70', dispatchers, ['waited']),
  define('forward', ['50'], '58', handlers, ['handler']),
  define('outside_replies', ['58'], '50', handlers, ['handler']),
  define('outside_finishes', ['58'], '60', handlers, ['handler']),
  define('suspend', ['50'], '55', lead, ['other_than_requester']),
  define('resume', ['55'], '50', handlers, ['handler']),
  define('extend', ['30', '40', '45', '50', '52', '58', '60'], 'same', lead, [
    'other_than_requester',
    'extension_left',
  ]),
  define('request', ['40', '50', '52', '58'], 'same', handlers, ['handler', 'not_requested']),
  define('request', ['70'], 'same', handlers, ['not_requested']),
  define('decline', ['40', '50', '52', '58', '70'], 'same', lead, ['requested', 'other_than_requester']),
  define('finish', ['50'], '60', handlers, ['handler']),
  define('rework', ['60'], '50', dispatchers, ['other_than_handler']),
  define('close', ['60'], '70', dispatchers, ['other_than_handler']),
  define('begin_follow_up', ['70'], '75', [...dispatchers, 'mediator', 'grid_worker']),
  define('visit', ['75'], 'same', [...dispatchers, 'mediator', 'grid_worker']),
  define('relapse', ['75'], '30', [...dispatchers, 'mediator', 'grid_worker']),
  define('reopen', ['70'], '30', lead, ['other_than_requester']),
  define('archive', ['15', '70', '75'], '80', dispatchers),
  define('void', ['00', '10'], '90', dispatchers, ['no_duplicates', 'no_serious_events']),
  define('merge', open, '90', dispatchers, ['no_duplicates', 'no_serious_events']),
  define('unmerge', ['90'], 'before_merge', dispatchers, ['merged']),
  define('absorb', open, 'same', dispatchers),
  define('release', [...open, ...finished], 'same', dispatchers, ['has_duplicates']),
  define('add_party', ['00', ...open], 'same', handlers),
  define('remove_party', ['00', ...open], 'same', handlers, ['has_parties']),
  define('agree', ['50'], 'same', handlers, ['handler', 'has_parties']),
  define('perform', ['50', '60', '70', '75'], 'same', handlers, ['agreed']),
  define('breach', ['50', '60', '70', '75'], 'same', handlers, ['agreed']),
  define('plan', ['30', '40', '45', '50', '52', '55', '58'], 'same', handlers, ['handler']),
  define('assign_lead', open, 'same', lead),
  define('choose_procedure', open, 'same', handlers),
  define('repeat_visit', [...open, '70', '75'], 'same', dispatchers),
  define('supervise', [...open, '70', '75'], 'same', overseers),
  define('record_serious_event', [...open, '15', ...finished], 'same', centre),
  define('withdraw_serious_event', [...open, '15', ...finished], 'same', centre, ['has_serious_events']),
  define('rate', finished, 'same', ['reporter'], ['not_rated']),
]
