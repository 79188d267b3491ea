import { communitiesPanel } from './communities.tsx'
import { workforcePanel } from './workforce.tsx'
import { hotSpotsPanel } from './hot-spots.tsx'
import { hoursPanel } from './hours.tsx'
import { latestPanel } from './latest.tsx'
import type { WallPanel } from './panel.tsx'
import { populationPanel } from './population.tsx'
import { progressPanel } from './progress.tsx'
import { typesPanel } from './types.tsx'

/** A panel and where it stands: columns 1 and 2 on the left of the map, 3 and 4 on its right. */
export type Placement = { panel: WallPanel; column: 1 | 2 | 3 | 4; onlyWide?: boolean }

/**
 * The panels of the wall, from top to bottom in their columns. On walls from 23:10 on the two columns of a side stand
 * side by side, on others below each other and without the panels that are `onlyWide`.
 */
export const wallPanels: readonly Placement[] = [
  { panel: populationPanel, column: 1 },
  { panel: workforcePanel, column: 1, onlyWide: true },
  { panel: hoursPanel, column: 2 },
  { panel: hotSpotsPanel, column: 2, onlyWide: true },
  { panel: typesPanel, column: 2 },
  { panel: progressPanel, column: 3 },
  { panel: communitiesPanel, column: 3, onlyWide: true },
  { panel: latestPanel, column: 4 },
]
