import type { AnalysisMethod } from '@minqing/data/domain/analysis'
import { clusters } from './clusters.ts'
import { comparison } from './comparison.ts'
import { density } from './density.ts'
import { emerging } from './emerging.ts'
import { hotSpots } from './hot-spots.ts'
import { localMoran } from './local-moran.ts'
import type { Method } from './method.ts'
import { nearRepeat } from './near-repeat.ts'
import { silence } from './silence.ts'
import { warning } from './warning.ts'
import { scan } from './scan.ts'

/** Every method: one line each. */
export const methods: Record<AnalysisMethod, Method> = {
  'hot-spots': hotSpots,
  'local-moran': localMoran,
  scan,
  clusters,
  density,
  'near-repeat': nearRepeat,
  comparison,
  emerging,
  warning,
  silence,
}
