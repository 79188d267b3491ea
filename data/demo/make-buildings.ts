import type { Polygon } from 'geojson'
import type { Building } from '@minqing/data/domain/building'
import { communityOf, streetOf } from '@minqing/data/domain/area-code'
import { centroid, distance, nearestOnSegment } from '../geo/plane.ts'
import { polygonOf } from './geometry.ts'
import { allotHouseholds } from './people/allot-households.ts'
import type { Point } from './plane.ts'
import type { BuiltBlock, BuiltGrid, BuiltPlan } from './plan/build-up.ts'
import { toLonLat } from './plan/frame.ts'
import type { BlockSort } from './plan/programme.ts'
import type { Draft } from './plan/site.ts'
import { estateNames } from './names/estate-names.ts'

/** A building with what the people's and the incidents' models need to know of it. */
export type Home = {
  building: Building & { geometry: Polygon }
  draft: Draft
  block: BlockSort
  center: Point
  /** Where it meets the street: on the block's side of the nearest named road. */
  door: Point
  road: string
  roadKind: string
  flats: number
  elderlyAlone: number
  detectors: number
}

/** Gives every draft its code, name, address and number of households. */
export function makeBuildings(built: BuiltPlan, seed: number): Home[] {
  const homes: Home[] = []
  const names = estateNames(seed)
  const onRoad = new Map<string, number>()
  const households = allotHouseholds(built, seed)
  for (const community of built.communities) {
    let sequence = 0
    for (const grid of community.grids.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
      for (const block of grid.blocks) {
        const estate = names.of(grid, block)
        let inEstate = estate === null ? 0 : names.count(estate)
        for (const draft of block.site.drafts) {
          const code = `${community.code}${String(++sequence).padStart(5, '0')}`
          const door = doorOf(block, draft)
          const number = (onRoad.get(door.road) ?? 0) + 1
          onRoad.set(door.road, number)
          const counted = estate !== null && (draft.sort === 'slab' || draft.sort === 'tower')
          if (counted) inEstate++
          const address = counted ? `${door.road}${estate}` : `${door.road}${number}号`
          const name = nameOf(block, draft, counted ? `${estate}${inEstate}栋` : `${door.road}${number}号`)
          homes.push(
            home(grid, block, draft, {
              code,
              name,
              address: counted ? `${address}${inEstate}栋` : address,
              estate: counted ? estate : null,
              door,
              households: households.get(draft) ?? 0,
            }),
          )
        }
        if (estate !== null) names.setCount(estate, inEstate)
      }
  }
  return homes
}

function nameOf(block: BuiltBlock, draft: Draft, standard: string): string {
  if (draft.label === '') return standard
  if (draft.label === '商铺') return `${standard}商铺`
  return `${block.plan.name ?? ''}${draft.label}`
}

type Naming = { code: string; name: string; address: string; estate: string | null; door: Door; households: number }
type Door = { point: Point; road: string; kind: string }

function home(grid: BuiltGrid, block: BuiltBlock, draft: Draft, naming: Naming): Home {
  const center = centroid(draft.shape.outer)
  const [lon, lat] = toLonLat(center)
  const { outer, courts } = draft.shape
  return {
    building: {
      code: naming.code,
      streetCode: streetOf(naming.code),
      communityCode: communityOf(naming.code),
      gridCode: grid.code,
      name: naming.name,
      address: naming.address,
      estate: naming.estate,
      floors: draft.floors,
      height: Math.round((draft.floors * draft.storey + 0.6) * 10) / 10,
      units: draft.units,
      builtYear: draft.builtYear,
      structure: draft.structure,
      use: draft.use,
      households: naming.households,
      residents: 0,
      center: { lon, lat },
      source: 'demo',
      sourceId: naming.code,
      geometry: polygonOf(outer, courts),
    },
    draft,
    block: block.plan.sort,
    center,
    door: naming.door.point,
    road: naming.door.road,
    roadKind: naming.door.kind,
    flats: draft.floors * draft.units * draft.flatsPerFloor,
    elderlyAlone: 0,
    detectors: 0,
  }
}

/** The nearest road of the block, and the point of its near kerb. */
function doorOf(block: BuiltBlock, draft: Draft): Door {
  const { ring, edges } = block.site
  const center = centroid(draft.shape.outer)
  let best: Door = { point: center, road: '', kind: 'lane' }
  let least = Infinity
  for (const [i, edge] of edges.entries()) {
    if (edge.name === '' || edge.kind === 'canal') continue
    const on = nearestOnSegment(ring[i] as Point, ring[(i + 1) % ring.length] as Point, center)
    const apart = distance(on, center)
    if (apart >= least) continue
    least = apart
    const share = Math.min(0.45, 4 / Math.max(apart, 1))
    best = {
      point: [on[0] + (center[0] - on[0]) * share, on[1] + (center[1] - on[1]) * share],
      road: edge.name,
      kind: edge.kind,
    }
  }
  return best
}
