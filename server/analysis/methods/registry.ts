import type { AnalysisMethod } from '@minqing/data/domain/analysis'
import { hotSpots } from './hot-spots.ts'
import type { Method } from './method.ts'

/** Every method: one line each. */
export const methods: Record<AnalysisMethod, Method> = {
  'hot-spots': hotSpots,
}
