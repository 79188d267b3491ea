import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Risk, Urgency } from '@minqing/data/domain/risk'
import { dayLength } from '../../domain/local-time.ts'
import { afterWorkdays } from './calendar.ts'

/** What is known of a case when it is reported, and what it is found to be. */
export type Traits = {
  type: IncidentType
  channel: Channel
  urgency: Urgency
  risk: Risk
  involvedCount: number
  reportedAt: number
  community: string
}

export const isDispute = ({ type }: Pick<Traits, 'type'>) => type.startsWith('D')
/** What is grave has 30 days, which whoever classifies it says; all else has what the table of time limits says. */
export const isGrave = ({ type, risk }: Pick<Traits, 'type' | 'risk'>) =>
  isDispute({ type }) && (risk === 'red' || risk === 'orange')

/**
 * About when a case must be finished that was accepted, or is filed again, at an instant: by what its steps are planned.
 * The clocks say it exactly.
 */
export function dueOf(traits: Traits, startedAt: number): number {
  const { type, urgency } = traits
  if (urgency === '3') return startedAt + dayLength
  if (urgency === '2') return startedAt + 3 * dayLength
  if (isGrave(traits)) return startedAt + 30 * dayLength
  if (type === 'E10') return startedAt + dayLength
  // Petitions have sixty days, and are answered long before.
  if (type === 'E11') return startedAt + 15 * dayLength
  if (type === 'E08') return afterWorkdays(startedAt, 3)
  return afterWorkdays(startedAt, isDispute(traits) ? 15 : 5)
}
