import { distance, centroid } from '../../geo/plane.ts'
import type { StreetSite } from '../city/site.ts'
import { lineOf, polygonOf, pointOf } from '../plan/frame.ts'
import type { Home } from '../make-buildings.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { setback } from '../plan/site.ts'
import type { Edge, EdgeKind, Subdivision } from '../plan/subdivision.ts'
import { inset, type Point } from '../plane.ts'
import type { BaseFeature } from '../street.ts'
import { drawSurroundings, drawWaterside } from './draw-surroundings.ts'

export type Drawing = Omit<BaseFeature, 'id'>

/**
 * Everything the map shows under the data, in the order in which it lies: ground, water, roads, rails, names.
 * Where other streets stand around, the city around is not drawn.
 */
export function drawBaseMap(built: BuiltPlan, homes: readonly Home[], site: StreetSite): BaseFeature[] {
  const drawings = [
    ...drawBlocks(built),
    ...drawWaterside(site),
    ...(site.scale === 'street' ? drawSurroundings() : []),
    ...drawRoads(built),
    ...drawPlaces(built, homes),
  ]
  return drawings.map((drawing, i) => ({ id: `B${String(i + 1).padStart(5, '0')}`, ...drawing }))
}

/** Each block's ground, as wide as its kerbs allow, and what its layout drew on it. */
function drawBlocks(built: BuiltPlan): Drawing[] {
  const drawings: Drawing[] = []
  for (const { site } of built.communities.flatMap((community) => community.grids.flatMap((grid) => grid.blocks))) {
    const kerb = inset(site.ring, (edge) => setback[(site.edges[edge] as Edge).kind] * 0.55)
    const whole = site.ornaments.some(
      (ornament) => ornament.points.length >= site.ring.length && ornament.layer !== 'road',
    )
    if (!whole && kerb.length > 2)
      drawings.push({ layer: 'land', kind: 'residential', name: '', rank: 0, geometry: polygonOf(kerb) })
    for (const { layer, kind, name, points } of site.ornaments)
      drawings.push(
        layer === 'road'
          ? { layer, kind, name, rank: roadRank[kind as RoadKind], geometry: lineOf(points) }
          : { layer, kind, name, rank: 0, geometry: polygonOf(points) },
      )
  }
  return drawings
}

/** Classes of road, widest first; ways inside blocks are `service` and `path`. */
const roadRank = { arterial: 1, secondary: 2, street: 3, lane: 4, service: 5, path: 6 } as const
type RoadKind = keyof typeof roadRank

/** The road network: one line for each unbroken road of a name. */
function drawRoads({ plan }: BuiltPlan): Drawing[] {
  const groups = Map.groupBy(
    [...plan.edges()].filter(([, , edge]) => Object.hasOwn(roadRank, edge.kind)),
    ([, , edge]) => `${edge.kind}/${edge.name}`,
  )
  return [...groups].flatMap(([key, edges]) => {
    const [kind, name] = key.split('/') as [RoadKind, string]
    return chains(edges.map(([a, b]) => [a, b])).map((chain): Drawing => ({
      layer: 'road',
      kind,
      name,
      rank: roadRank[kind],
      geometry: lineOf(trimmed(plan, chain)),
    }))
  })
}

/** What a road ends before, and how far from its middle. */
const ends: Partial<Record<EdgeKind, number>> = { canal: 22, rail: 17, bank: 12 }

/** The line of a chain, without its last metres where it would run into the canal or onto the tracks. */
function trimmed(plan: Subdivision, chain: readonly number[]): Point[] {
  const points = chain.map((corner) => plan.points[corner] as Point)
  const cut = (corner: number): number => {
    const kinds = [...plan.neighbours(corner)].map((next) => plan.edge(corner, next).kind)
    return Math.max(...kinds.map((kind) => ends[kind] ?? 0))
  }
  const tail = shortened(points, cut(chain.at(-1) as number))
  return shortened(tail.toReversed(), cut(chain[0] as number)).toReversed()
}

/** A line that ends `by` metres earlier. */
function shortened(points: readonly Point[], by: number): Point[] {
  const result = [...points]
  for (let left = by; left > 0 && result.length > 1;) {
    const last = result.pop() as Point
    const before = result.at(-1) as Point
    const length = distance(before, last)
    if (length > left) {
      const share = 1 - left / length
      result.push([before[0] + (last[0] - before[0]) * share, before[1] + (last[1] - before[1]) * share])
      break
    }
    left -= length
  }
  return result.length > 1 ? result : [...points]
}

/** Joins segments end to end into as few lines as there are. */
function chains(segments: [number, number][]): number[][] {
  const links = new Map<number, number[]>()
  for (const [a, b] of segments) {
    links.set(a, [...(links.get(a) ?? []), b])
    links.set(b, [...(links.get(b) ?? []), a])
  }
  const done = new Set<string>()
  const result: number[][] = []
  const starts = [...links.keys()].sort((a, b) => (links.get(a)?.length ?? 0) - (links.get(b)?.length ?? 0) || a - b)
  for (const start of starts)
    for (const first of links.get(start) ?? []) {
      if (done.has(pair(start, first))) continue
      const chain = [start]
      let at = start
      for (let next: number | undefined = first; next !== undefined;) {
        done.add(pair(at, next))
        chain.push(next)
        at = next
        next = (links.get(at) ?? []).find((corner) => !done.has(pair(at, corner)))
      }
      result.push(chain)
    }
  return result
}

const pair = (a: number, b: number) => (a < b ? `${a}-${b}` : `${b}-${a}`)

/** What a place's label is worth where two do not fit: 1 is shown first. Streets and communities have their own. */
const ranks: ReadonlyMap<string, number> = new Map([
  ['square', 2],
  ['park', 3],
  ['medical', 3],
  ['market', 3],
  ['commercial', 3],
  ['industrial', 4],
  ['school', 4],
  ['public', 4],
  ['construction', 5],
  ['pond', 5],
  ['garden', 6],
])

/** Names of estates, parks, schools and other landmarks by which people describe the way. */
function drawPlaces(built: BuiltPlan, homes: readonly Home[]): Drawing[] {
  const found = new Map<string, { kind: string; points: Point[] }>()
  for (const { site } of built.communities.flatMap((community) => community.grids.flatMap((grid) => grid.blocks)))
    for (const { kind, name, points } of site.ornaments) {
      // A narrow block leaves no space for some of its parts.
      if (name === '' || points.length === 0) continue
      const known = found.get(name)
      if (known === undefined) found.set(name, { kind, points: [centroid(points)] })
      else known.points.push(centroid(points))
    }
  const named = [...found].map(([name, { kind, points }]): Drawing => ({
    layer: 'place',
    kind,
    name,
    rank: ranks.get(kind) ?? 5,
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
