import { centroid } from '../../geo/plane.ts'
import { pointOf } from '../geometry.ts'
import type { Home } from '../make-buildings.ts'
import type { Point } from '../plane.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import type { Drawing } from './draw-base-map.ts'

/** What a place's label is worth where two do not fit: 1 is shown first. Streets and communities have their own. */
const ranks: Record<string, number> = {
  square: 2,
  park: 3,
  medical: 3,
  market: 3,
  commercial: 3,
  industrial: 4,
  school: 4,
  public: 4,
  construction: 5,
  pond: 5,
  garden: 6,
}

/** Names of estates, parks, schools and whatever else people tell the way by. */
export function drawPlaces(built: BuiltPlan, homes: readonly Home[]): Drawing[] {
  const found = new Map<string, { kind: string; points: Point[] }>()
  for (const { site } of built.communities.flatMap((community) => community.grids.flatMap((grid) => grid.blocks)))
    for (const { kind, name, points } of site.ornaments) {
      // A narrow block leaves no room for some of its parts.
      if (name === '' || points.length === 0) continue
      const known = found.get(name)
      if (known === undefined) found.set(name, { kind, points: [centroid(points)] })
      else known.points.push(centroid(points))
    }
  const named = [...found].map(([name, { kind, points }]): Drawing => ({
    layer: 'place',
    kind,
    name,
    rank: ranks[kind] ?? 5,
    // The park along the river is one, though three communities share it.
    geometry: pointOf(points[Math.floor(points.length / 2)] as Point),
  }))
  const estates = Map.groupBy(
    homes.filter((home) => home.building.estate !== null),
    (home) => home.building.estate as string,
  )
  return [
    ...named,
    ...[...estates].map(([name, members]): Drawing => ({
      layer: 'place',
      kind: 'estate',
      name,
      rank: 5,
      geometry: pointOf(middleOf(members)),
    })),
  ]
}

/** The member nearest to the middle of all: a label between two halves of an estate would stand on a road. */
function middleOf(members: readonly Home[]): Point {
  const x = members.reduce((sum, home) => sum + home.center[0], 0) / members.length
  const y = members.reduce((sum, home) => sum + home.center[1], 0) / members.length
  const away = ({ center }: Home) => Math.hypot(center[0] - x, center[1] - y)
  return members.reduce((best, home) => (away(home) < away(best) ? home : best)).center
}
