import type { Area } from '@minqing/data/domain/area'
import { parentOf, streetOf } from '@minqing/data/domain/area-code'
import { centroid, ringContains, distance, signedArea } from '../geo/plane.ts'
import { polygonOf, toLonLat } from './plan/frame.ts'
import type { Home } from './make-buildings.ts'
import type { Point } from './plane.ts'
import type { BuiltPlan } from './plan/build-up.ts'
import type { AreaWithBoundary } from './street.ts'

/** Street, communities and grids, parents first. */
export function makeAreas(built: BuiltPlan, homes: readonly Home[], streetName: string): AreaWithBoundary[] {
  const street = built.communities[0]?.code.slice(0, 9) ?? ''
  const count = (code: string, of: 'households' | 'residents') =>
    homes.reduce(
      (sum, { building }) => sum + (building.gridCode?.startsWith(code) === true ? (building[of] ?? 0) : 0),
      0,
    )
  const area = (
    code: string,
    level: Area['level'],
    name: string,
    outline: Point[],
    gridType: Area['gridType'] = null,
  ): AreaWithBoundary => {
    const [lon, lat] = toLonLat(middleOf(outline))
    return {
      code,
      level,
      parentCode: parentOf(code),
      streetCode: streetOf(code),
      name,
      gridType,
      households: count(code, 'households'),
      residents: count(code, 'residents'),
      areaM2: Math.round(signedArea(outline)),
      center: { lon, lat },
      source: 'demo',
      geometry: polygonOf(outline),
    }
  }
  return [
    area(street, 'street', streetName, built.outline),
    ...built.communities.map((community) => area(community.code, 'community', community.name, community.outline)),
    ...built.communities
      .flatMap((community) =>
        community.grids.map((grid) => {
          const number = grid.code.slice(-2)
          const { dedicated } = grid.plan
          const name = dedicated === undefined ? `${community.name}第${number}网格` : `${dedicated}专属网格`
          return area(grid.code, 'grid', name, grid.outline, dedicated === undefined ? 'basic' : 'dedicated')
        }),
      )
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  ]
}

/** The centroid, or for a bent outline the point half-way along its middle that lies inside. */
function middleOf(outline: Point[]): Point {
  const middle = centroid(outline)
  if (ringContains(outline, middle)) return middle
  const nearest = outline.toSorted((a, b) => distance(a, middle) - distance(b, middle))[0] as Point
  return [nearest[0] + (nearest[0] - middle[0]) * 0.5, nearest[1] + (nearest[1] - middle[1]) * 0.5]
}
