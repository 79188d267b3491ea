import { centroid, signedArea } from '../../geo/plane.ts'
import { Axes } from '../plane.ts'
import { Random } from '../random.ts'
import { downstream, heading } from './frame.ts'
import type { BlockPlan, CommunityPlan, GridPlan } from './programme.ts'
import { nameRoads } from './name-roads.ts'
import { makeSkeleton } from './skeleton.ts'
import type { Edge, Face, Subdivision } from './subdivision.ts'

export type Block = { plan: BlockPlan; face: Face }
export type Grid = { plan: GridPlan; blocks: Block[] }
export type Community = { name: string; grids: Grid[] }

/** Cuts the quarters into grids and the grids into blocks, with a road at every cut. */
export function makeBlocks(
  seed: number,
  programme: readonly CommunityPlan[],
): { plan: Subdivision; communities: Community[] } {
  const random = new Random(seed, 'blocks')
  const { plan, quarters } = makeSkeleton()
  const communities = programme.map((community): Community => {
    const grids: Grid[] = []
    for (const { row, column, grids: plans } of community.quarters) {
      const quarter = quarters.find((candidate) => candidate.row === row && candidate.column === column)
      if (quarter === undefined) throw new RangeError(`no quarter in row ${row}, column ${column}`)
      const faces = divide(plan, quarter.face, plans, random, plans.length > 3 ? 'secondary' : 'street')
      for (const [gridPlan, face] of faces)
        grids.push({
          plan: gridPlan,
          blocks: divide(plan, face, gridPlan.blocks, random, 'lane').map(([block, part]) => ({
            plan: block,
            face: part,
          })),
        })
    }
    return { name: community.name, grids }
  })
  nameRoads(plan, random)
  return { plan, communities }
}

/** Halves a face and its list of parts again and again, each time across its longer side. */
function divide<P extends { share: number }>(
  plan: Subdivision,
  face: Face,
  parts: readonly P[],
  random: Random,
  kind: Edge['kind'],
): [P, Face][] {
  const [first] = parts
  if (first === undefined) return []
  if (parts.length === 1) return [[first, face]]
  const half = Math.ceil(parts.length / 2)
  const share = (list: readonly P[]) => list.reduce((sum, part) => sum + part.share, 0)
  const ring = plan.ring(face)
  const turn = heading(downstream(centroid(ring))) + random.bell(0, 0.05)
  const [u0, v0, u1, v1] = new Axes(turn).box(ring)
  // A cut along v leaves the west side to its left: the first half of the list is the western or the riverward one.
  const wide = u1 - u0 > v1 - v0
  const fraction = share(parts.slice(0, half)) / share(parts)
  // Every cut is a road of its own until the roads are named.
  const options = {
    kind,
    name: `#${plan.faces.size}.${face.id}`,
    snap: kind === 'lane' ? 16 : 26,
    bow: random.bell(0, 0.02),
  }
  const cut = plan.cut(face, wide ? turn + Math.PI / 2 : turn, wide ? 1 - fraction : fraction, options)
  if (cut === null) throw new RangeError(`a face of ${Math.round(signedArea(ring))} m² could not be cut`)
  const [a, b] = wide ? [cut[1], cut[0]] : cut
  const next = kind === 'secondary' ? 'street' : kind
  return [...divide(plan, a, parts.slice(0, half), random, next), ...divide(plan, b, parts.slice(half), random, next)]
}
