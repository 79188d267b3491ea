import type { IncidentStatus } from '../incident-status.ts'
import type { IncidentType } from '../incident-type.ts'
import type { Risk, Urgency } from '../risk.ts'
import type { RoleName } from '../role.ts'
import type { Outcome } from './outcome.ts'
import type { SeriousEvent } from './serious-event.ts'
import type { Procedure, Request, StepContent } from './step-actions.ts'

/** As what a step is taken: a role of the table of rights, who reported the incident, or an import or a device. */
export type WorkflowRole = RoleName | 'reporter' | 'system'
export type WorkflowActor = {
  /** Of the account; empty where there is none: the people of the demo act in a role, and hold no case for themselves. */
  id: string
  role: WorkflowRole
}

export function hasAccount({ id }: WorkflowActor): boolean {
  return id !== ''
}

/** A step as it is asked for. Times in milliseconds since 1970. */
export type WorkflowStep = StepContent & { actor: WorkflowActor; at: number }

/** `until` is null while it lasts. */
export type Interval = { from: number; until: number | null }

export type LoopParty = { id: string; side: 'applicant' | 'respondent' | 'third'; from: string | null }
export type Duty = {
  id: string
  party: string
  agreedAt: number
  dueAt: number
  state: 'open' | 'performed' | 'breached'
}
/** Of a meeting: what a unit has to do. */
export type Decision = { id: string; unit: string; decidedAt: number; dueAt: number; state: 'open' | 'done' }
export type Agreement = { id: string; form: 'written' | 'oral'; parties: readonly string[]; duties: readonly Duty[] }

/**
 * How far an incident has come, as its steps alone say: the same steps make the same loop again. Times in milliseconds
 * since 1970. Values are never changed in place.
 */
export type IncidentLoop = {
  /** Null before the first step. */
  status: IncidentStatus | null
  /** Of the last step. */
  sequence: number
  lastAt: number
  /** 1 community, 2 sub-district, 3 professional body. */
  level: 1 | 2 | 3
  /** Responsible now; empty before the first dispatch. */
  unit: string
  /** Units that act beside it. */
  jointUnits: readonly string[]
  /** Accounts that were named or have signed; none: whoever belongs to the unit. */
  handlers: readonly string[]
  /** Accounts that have worked on it since it was last filed: none of them verifies it. */
  workedBy: readonly string[]
  type: IncidentType | null
  risk: Risk | null
  urgency: Urgency | null
  involvedCount: number | null
  /** Set by a person; null: as the table of clocks says. */
  dueAt: number | null
  /** When that was said: suspensions since then move it, those before were known. */
  dueSetAt: number | null
  reportedAt: number
  acceptedAt: number | null
  /** Of the present round: a relapse or reopening begins a new one. */
  filedAt: number | null
  dispatchedAt: number | null
  signedAt: number | null
  firstActionAt: number | null
  finishedAt: number | null
  closedAt: number | null
  /** Since when the present round's clock runs: the acceptance, or the relapse or reopening. */
  startedAt: number | null
  /** Times in which it was suspended (55). */
  holds: readonly Interval[]
  /** Times in which the reporter was waited for (52). */
  waits: readonly Interval[]
  outside: { unit: string; receipt: string; forwardedAt: number; expectedAt: number } | null
  suspendedUntil: number | null
  returns: number
  reworks: number
  extensions: number
  reopenings: number
  relapses: number
  repeatVisits: number
  request: { request: Request; by: string } | null
  parties: readonly LoopParty[]
  agreements: readonly Agreement[]
  decisions: readonly Decision[]
  hasPlan: boolean
  /** Post of the official who has taken charge of it (包案领导). */
  leadPost: string | null
  isBacklog: boolean
  procedure: Procedure | null
  mergedInto: string | null
  /** Of a merged incident: where it returns to. */
  statusBeforeMerge: IncidentStatus | null
  /** Duplicates that were merged into this one, with their report or the beginning of a later round. */
  absorbed: readonly { number: string; reportedAt: number }[]
  outcome: Outcome | null
  visits: readonly { at: number; satisfaction: string }[]
  rating: string | null
  cards: readonly ('yellow' | 'red')[]
  urgings: number
  /** In the order in which they were recorded; those of earlier rounds too. */
  seriousEvents: readonly SeriousEvent[]
}

/** Before its first step. */
export const emptyLoop: IncidentLoop = {
  status: null,
  sequence: 0,
  lastAt: -Infinity,
  level: 1,
  unit: '',
  jointUnits: [],
  handlers: [],
  workedBy: [],
  type: null,
  risk: null,
  urgency: null,
  involvedCount: null,
  dueAt: null,
  dueSetAt: null,
  reportedAt: 0,
  acceptedAt: null,
  filedAt: null,
  dispatchedAt: null,
  signedAt: null,
  firstActionAt: null,
  finishedAt: null,
  closedAt: null,
  startedAt: null,
  holds: [],
  waits: [],
  outside: null,
  suspendedUntil: null,
  returns: 0,
  reworks: 0,
  extensions: 0,
  reopenings: 0,
  relapses: 0,
  repeatVisits: 0,
  request: null,
  parties: [],
  agreements: [],
  decisions: [],
  hasPlan: false,
  leadPost: null,
  isBacklog: false,
  procedure: null,
  mergedInto: null,
  statusBeforeMerge: null,
  absorbed: [],
  outcome: null,
  visits: [],
  rating: null,
  cards: [],
  urgings: 0,
  seriousEvents: [],
}
