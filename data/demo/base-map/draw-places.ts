import { pointOf } from '../geometry.ts'
import type { Home } from '../make-buildings.ts'
import type { Drawing } from './draw-base-map.ts'

/** Names of residential estates, in the middle of their buildings. */
export function drawPlaces(homes: readonly Home[]): Drawing[] {
  const estates = Map.groupBy(
    homes.filter((home) => home.building.estate !== null),
    (home) => home.building.estate as string,
  )
  return [...estates].map(([name, members]) => {
    const x = members.reduce((sum, home) => sum + home.center[0], 0) / members.length
    const y = members.reduce((sum, home) => sum + home.center[1], 0) / members.length
    return { layer: 'place', kind: 'estate', name, rank: 4, geometry: pointOf([x, y]) }
  })
}
