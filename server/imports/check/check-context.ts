import type { SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { LocalTime } from '@minqing/data/domain/local-time'
import type { TiledArea } from '@minqing/data/geo/tiling'
import type { ToLonLat } from '@minqing/data/geo/crs'
import type { AreaBook } from './area-index.ts'
import type { CopyValue } from '../../store/copy-text.ts'
import type { ImportPlan } from '../plan.ts'
import type { Repeats } from './repeats.ts'
import type { RowName } from './row-names.ts'
import type { RowView } from './row-view.ts'

/** What a check may look at besides its row. */
export type CheckContext = {
  plan: ImportPlan
  book: AreaBook
  crs: SourceCrs
  convert: ToLonLat
  local: LocalTime
  repeats: Repeats
  nameRow: RowName
  /** Grids are gathered here, where somebody wants to know how they fit together. */
  tiles?: TiledArea[]
  /** Counts something worth telling that is no reason to reject the row; with a name, it is told of which rows. */
  remark: (remark: Label, row?: Label) => void
}

/** The staged values; null when the view has faults; 'skipped' for what is not meant for this collection. */
export type Check = (view: RowView, context: CheckContext) => CopyValue[] | 'skipped' | null
