import { distance } from '../../geo/plane.ts'
import { lineOf } from '../geometry.ts'
import type { Point } from '../plane.ts'
import type { EdgeKind, Subdivision } from '../plan/subdivision.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import type { Drawing } from './draw-base-map.ts'

/** Classes of road, widest first; ways inside blocks are `service` and `path`. */
export const roadRank = { arterial: 1, secondary: 2, street: 3, lane: 4, service: 5, path: 6 } as const
export type RoadKind = keyof typeof roadRank

/** The road network: one line for each unbroken road of a name. */
export function drawRoads({ plan }: BuiltPlan): Drawing[] {
  const groups = Map.groupBy(
    [...plan.edges()].filter(([, , edge]) => edge.kind in roadRank),
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
