import { z } from 'zod'
import type { Label } from './label.ts'

/** States of the closed loop; `incident-workflow/transitions.ts` has the steps between them. */
export const incidentStatuses = [
  '00',
  '10',
  '15',
  '20',
  '30',
  '40',
  '45',
  '50',
  '52',
  '55',
  '58',
  '60',
  '70',
  '75',
  '80',
  '90',
  '99',
] as const
export const IncidentStatus = z.enum(incidentStatuses)
export type IncidentStatus = z.infer<typeof IncidentStatus>

export const incidentStatusLabels: Record<IncidentStatus, Label> = {
  '00': { zh: '草稿', en: 'Draft' },
  '10': { zh: '已上报', en: 'Reported' },
  '15': { zh: '不予受理', en: 'Rejected' },
  '20': { zh: '已受理', en: 'Accepted' },
  '30': { zh: '立案研判', en: 'Filed' },
  '40': { zh: '待签收', en: 'Dispatched' },
  '45': { zh: '退回', en: 'Returned' },
  '50': { zh: '处置中', en: 'Processing' },
  '52': { zh: '待当事人', en: 'Awaiting reporter' },
  '55': { zh: '挂账缓办', en: 'Suspended' },
  '58': { zh: '转外单位', en: 'Forwarded outside' },
  '60': { zh: '待核查', en: 'Verifying' },
  '70': { zh: '结案', en: 'Closed' },
  '75': { zh: '回访中', en: 'Follow-up' },
  '80': { zh: '归档销号', en: 'Archived' },
  '90': { zh: '作废', en: 'Void' },
  '99': { zh: '未知', en: 'Unknown' },
}

/** The four published stages of the loop, as the map's status filter offers them, and that of the unknown status. */
export const incidentStages = ['intake', 'dispatch', 'handling', 'finished', 'unknown'] as const
export const IncidentStage = z.enum(incidentStages)
export type IncidentStage = z.infer<typeof IncidentStage>

export const stageOf = {
  '00': 'intake',
  '10': 'intake',
  '15': 'finished',
  '20': 'intake',
  '30': 'dispatch',
  '40': 'dispatch',
  '45': 'dispatch',
  '50': 'handling',
  '52': 'handling',
  '55': 'handling',
  '58': 'handling',
  '60': 'handling',
  '70': 'finished',
  '75': 'finished',
  '80': 'finished',
  '90': 'finished',
  '99': 'unknown',
} as const satisfies Record<IncidentStatus, IncidentStage>

export const incidentStageLabels: Record<IncidentStage, Label> = {
  intake: { zh: '排查发现', en: 'Intake' },
  dispatch: { zh: '流转交办', en: 'Dispatch' },
  handling: { zh: '化解缓解', en: 'Handling' },
  finished: { zh: '办结回访', en: 'Finished' },
  unknown: { zh: '未知', en: 'Unknown' },
}

/** Where a case begins once it is reported. */
export const initialStatus = '10' satisfies IncidentStatus
/** Sent to a unit that has not signed for it yet. */
export const dispatchedStatus = '40' satisfies IncidentStatus
/** Where a case stands once it is dealt with. */
export const closedStatus = '70' satisfies IncidentStatus
export const voidStatus = '90' satisfies IncidentStatus
/** Of an incident whose source does not say how far it has come: it is counted, and neither open nor overdue nor closed. */
export const unknownStatus = '99' satisfies IncidentStatus

/** Stages in which somebody has to act. */
export const openStages = ['intake', 'dispatch', 'handling'] as const satisfies readonly IncidentStage[]

/** Closed, and perhaps followed up or archived since: neither rejected nor void. */
export const closedStatuses = [closedStatus, '75', '80'] as const satisfies readonly IncidentStatus[]

/** Neither counted nor listed unless asked for by their code: a draft is not reported yet, a void incident never was one. */
export const uncountedStatuses = ['00', voidStatus] as const satisfies readonly IncidentStatus[]

/** Whether an incident is counted, on every screen, in every export and by every collection. */
export function isCounted(status: IncidentStatus): boolean {
  return !uncountedStatuses.some((uncounted) => uncounted === status)
}

/** Whether somebody still has to act: counted, and neither rejected nor closed nor of unknown status. */
export function isOpen(status: IncidentStatus): boolean {
  return isCounted(status) && openStages.some((stage) => stage === stageOf[status])
}

/** Whether an incident is open and past its due time. Both times in the same unit; null where none is due. */
export function isOverdue(status: IncidentStatus, due: number | null, now: number): boolean {
  return due !== null && due < now && isOpen(status)
}

export const countedStatuses = incidentStatuses.filter(isCounted)
export const openStatuses = incidentStatuses.filter(isOpen)
