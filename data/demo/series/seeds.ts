import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Burst } from './bursts.ts'
import type { Home } from '../make-buildings.ts'

/** Why a case exists: the model's part that made it. */
export type Origin = 'background' | 'near_repeat' | 'cluster' | 'project'

/** A case before it has words and a fate: what, where and when. */
export type CaseSeed = {
  type: IncidentType
  home: Home
  reportedAt: number
  origin: Origin
  key: string
  burst?: Burst
}
