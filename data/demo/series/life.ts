import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Channel } from '@minqing/data/domain/channel'
import type { Risk, Urgency } from '@minqing/data/domain/risk'
import { Random } from '../../stats/random.ts'
import { afterWorkdays, nextOfficeHour } from './calendar.ts'
import { opinionOf, unitOf } from '../text/opinions.ts'

export type LifeStep = {
  fromStatus: IncidentStatus | null
  toStatus: IncidentStatus
  unit: string
  opinion: string
  at: number
}

export type Traits = {
  type: IncidentType
  channel: Channel
  urgency: Urgency
  risk: Risk
  reportedAt: number
  community: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When an incident must be finished (domain: SLA clocks). */
export function dueOf({ type, urgency, risk, reportedAt }: Traits): number {
  if (type === 'E10') return reportedAt + day
  if (urgency === '3') return reportedAt + day
  if (urgency === '2') return reportedAt + 3 * day
  if (type === 'E11') return reportedAt + 60 * day
  if (type === 'E08') return afterWorkdays(reportedAt, 3)
  if (type.startsWith('D'))
    return risk === 'red' || risk === 'orange' ? reportedAt + 30 * day : afterWorkdays(reportedAt, 15)
  return afterWorkdays(reportedAt, 5)
}

/**
 * All steps of an incident from its report to the archive, those of the future included: what is visible at an instant is
 * those before it. Follows the loop of the domain: 10 → 20 → 30 → 40 → 50 → 60 → 70 → 75 → 80 with its side ways.
 */
export function lifeOf(traits: Traits, random: Random, isTerse = false): LifeStep[] {
  const steps: LifeStep[] = []
  const { type, urgency, reportedAt } = traits
  const dispute = type.startsWith('D')
  const fast = urgency !== '1' || type === 'E10'
  let now = reportedAt
  const go = (toStatus: IncidentStatus, wait: number, office = !fast): void => {
    const last = steps.at(-1)?.toStatus ?? null
    now = office ? nextOfficeHour(now + wait) + Math.floor(random.between(0, 35) * minute) : now + wait
    steps.push({
      fromStatus: last,
      toStatus,
      unit: isTerse ? '' : unitOf(toStatus, traits, random),
      opinion: isTerse ? '' : opinionOf(last, toStatus, traits, random),
      at: Math.floor(now),
    })
  }
  const span = dueOf(traits) - reportedAt
  // Most are finished well before their time, one in eight is late.
  const handling = () => span * (random.chance(0.125) ? random.between(0.95, 1.7) : random.between(0.06, 0.72))
  go('10', 0, false)
  if (random.chance(0.022)) {
    go('90', random.between(0.3, 5) * hour)
    return steps
  }
  if (type !== 'E10' && random.chance(0.018)) {
    go('15', random.between(0.5, 6) * hour)
    go('80', random.between(3, 8) * day)
    return steps
  }
  go('20', random.between(4, 55) * minute)
  if (['E03', 'E08', 'E07', 'E05', 'E99'].includes(type) && random.chance(0.24)) {
    go('70', random.between(0.5, 7) * hour)
    go('80', random.between(1, 4) * day)
    return steps
  }
  go('30', random.between(5, 50) * minute)
  go('40', random.between(5, 55) * minute)
  if (random.chance(0.05)) {
    go('45', random.between(1, 6) * hour)
    go('40', random.between(0.5, 3) * hour)
  }
  go('50', random.between(10, 170) * minute)
  if (dispute && random.chance(0.05)) {
    go('40', handling() * 0.4)
    go('50', random.between(0.5, 3) * hour)
  }
  if (random.chance(0.02)) {
    go('55', random.between(1, 4) * day, true)
    go('50', random.between(10, 40) * day, true)
  }
  go('60', Math.max(20 * minute, handling()), !fast)
  while (random.chance(0.07)) {
    go('50', random.between(2, 20) * hour)
    go('60', Math.max(hour, handling() * 0.3))
  }
  go('70', random.between(1, 26) * hour)
  finish(traits, random, go)
  return steps
}

/** After closing: follow-up for a month or three, the archive, and now and then a relapse. */
function finish(
  traits: Traits,
  random: Random,
  go: (status: IncidentStatus, wait: number, office?: boolean) => void,
): void {
  if (!traits.type.startsWith('D') && !random.chance(0.3)) return go('80', random.between(1, 6) * day, true)
  go('75', random.between(5, 8) * day, true)
  if (random.chance(0.03)) {
    for (const [status, wait] of [
      ['30', 9],
      ['40', 0.1],
      ['50', 0.2],
      ['60', 6],
      ['70', 1],
      ['75', 7],
    ] as const)
      go(status, random.between(0.5, 1) * wait * day, true)
  }
  go(
    '80',
    (traits.risk === 'red' || traits.risk === 'orange' ? random.between(60, 92) : random.between(21, 32)) * day,
    true,
  )
}
