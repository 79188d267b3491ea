import { lineOf } from '../geometry.ts'
import type { Point } from '../plane.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { place } from '../plan/frame.ts'
import { along, middle } from '../plan/skeleton.ts'
import type { Drawing } from './draw-base-map.ts'

export const roadRank = { arterial: 1, secondary: 2, residential: 3, lane: 4 } as const

/** The road network, one line for each road of a name, and the large roads on beyond the street's border. */
export function drawRoads(built: BuiltPlan): Drawing[] {
  const { plan } = built
  const groups = Map.groupBy(
    [...plan.edges()].filter(([, , edge]) => edge.kind in roadRank),
    ([, , edge]) => `${edge.kind}/${edge.name}`,
  )
  const roads = [...groups].flatMap(([key, edges]) => {
    const [kind, name] = key.split('/') as [keyof typeof roadRank, string]
    return chains(edges.map(([a, b]) => [a, b])).map((chain): Drawing => ({
      layer: 'road',
      kind,
      name,
      rank: roadRank[kind],
      geometry: lineOf(chain.map((corner) => plan.points[corner] as Point)),
    }))
  })
  return [...roads, ...beyond(), ...rails()]
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
  const ends = [...links.keys()].sort((a, b) => (links.get(a)?.length ?? 0) - (links.get(b)?.length ?? 0) || a - b)
  for (const start of ends)
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

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)

/** What goes on outside: the street is a part of a city. */
function beyond(): Drawing[] {
  const arterial = (name: string, points: Point[]): Drawing => ({
    layer: 'road',
    kind: 'arterial',
    name,
    rank: 1,
    geometry: lineOf(points),
  })
  const drawings: Drawing[] = []
  for (const line of along) {
    if (line.kind !== 'arterial') continue
    drawings.push(
      arterial(
        line.name,
        range(-2600, -40, 80).map((s) => place(s, line.at(s))),
      ),
    )
    drawings.push(
      arterial(
        line.name,
        range(2480, 5200, 80).map((s) => place(s, line.at(s))),
      ),
    )
  }
  drawings.push(
    arterial(
      middle.name,
      range(1600, 3200, 80).map((t) => place(middle.at(t), t)),
    ),
  )
  return drawings
}

/** Two tracks all along, six at the station. */
function rails(): Drawing[] {
  const line = along[3]
  if (line === undefined) return []
  const track = (offset: number, from: number, to: number): Drawing => ({
    layer: 'rail',
    kind: 'rail',
    name: '',
    rank: 1,
    geometry: lineOf(range(from, to, 40).map((s) => place(s, line.at(s) + offset))),
  })
  return [track(-3, -2600, 5200), track(3, -2600, 5200), ...[-15, -9, 9, 15].map((offset) => track(offset, 880, 1640))]
}
