import type { StreetSite } from '../city/site.ts'
import { lineOf, polygonOf, pointOf, place } from '../plan/frame.ts'
import { along, canal, middle } from '../plan/skeleton.ts'
import type { Point } from '../plane.ts'
import { Random } from '../../stats/random.ts'
import type { Drawing } from './draw-base-map.ts'

const [, embankmentRoad, avenue, railway, ring] = along
const farRoad = (s: number) => -1110 + Math.sin(s / 640) * 40

/** The city around: large roads and the railway go on beyond the border, so that the street does not float. */
export function drawSurroundings(): Drawing[] {
  const road = (kind: 'arterial' | 'secondary', name: string, points: Parameters<typeof lineOf>[0]): Drawing => ({
    layer: 'road',
    kind,
    name,
    rank: kind === 'arterial' ? 1 : 2,
    geometry: lineOf(points),
  })
  const drawings: Drawing[] = []
  for (const line of [embankmentRoad, avenue, ring]) {
    drawings.push(road('arterial', line.name, alongRiver(line.at, upstream, 10, 80)))
    drawings.push(road('arterial', line.name, alongRiver(line.at, 2290, farDownstream, 80)))
  }
  const outer = (s: number) => ring.at(s) + 560 + Math.sin(s / 500) * 40
  drawings.push(
    road(
      'arterial',
      '三环北路',
      alongRiver((s) => ring.at(s) + 1130 + Math.sin(s / 800) * 60, upstream, farDownstream, 80),
    ),
  )
  drawings.push(road('secondary', '', alongRiver(outer, upstream, farDownstream, 80)))
  drawings.push(road('arterial', middle.name, fromRiver(middle.at, 1480, 3000, 60)))
  drawings.push(road('arterial', '江南大道', alongRiver(farRoad, upstream, farDownstream, 80)))
  for (const s of [-2150, -1560, -1020, -520, 2960, 3520, 4060, 4600])
    drawings.push(
      road(
        'secondary',
        '',
        fromRiver((t) => s + Math.sin((t + s) / 420) * 26 - t * 0.03, embankmentRoad.at(s), 2700, 60),
      ),
    )
  for (const s of [240, 760, 1700, 2240])
    drawings.push(
      road(
        'secondary',
        '',
        fromRiver((t) => s + Math.sin((t + s) / 420) * 22, ring.at(s), 2700, 60),
      ),
    )
  for (let s = -2300; s < farDownstream; s += 610)
    drawings.push(
      road(
        'secondary',
        '',
        fromRiver((t) => s + t * 0.04, -1700, farRoad(s), 60),
      ),
    )
  return [...drawRailway(), ...drawings]
}

/** Two tracks all along, six at the station, on their bed. */
function drawRailway(): Drawing[] {
  const bed = (half: number, from: number, to: number): Drawing => ({
    layer: 'land',
    kind: 'railway',
    name: '',
    rank: 0,
    geometry: polygonOf(
      band(
        (s) => railway.at(s) - half,
        (s) => railway.at(s) + half,
        from,
        to,
      ),
    ),
  })
  const track = (offset: number, from: number, to: number): Drawing => ({
    layer: 'rail',
    kind: 'rail',
    name: '',
    rank: 1,
    geometry: lineOf(alongRiver((s) => railway.at(s) + offset * Math.min(1, (s - from) / 60, (to - s) / 60), from, to)),
  })
  const through = (offset: number): Drawing => ({
    layer: 'rail',
    kind: 'rail',
    name: '',
    rank: 1,
    geometry: lineOf(alongRiver((s) => railway.at(s) + offset, upstream, farDownstream)),
  })
  return [
    bed(13, upstream, farDownstream),
    bed(24, 800, canal.at(railway.at(1600)) - 40),
    through(-3.5),
    through(3.5),
    ...[-18, -11, 11, 18].map((offset) => track(offset, 800, 1540)),
  ]
}

const shoreLine = along[0].at
const road = along[1].at
const farShore = (s: number) => -940 + Math.sin(s / 700) * 60
/** Half the canal's water, and half of it with its banks. */
const half = { water: 10, banks: 25 }

/** The river with both its banks, and the canal with its green. */
export function drawWaterside({ scale, waterside }: StreetSite): Drawing[] {
  const isAlone = scale === 'street'
  const canalEnd = isAlone ? 2700 : 1420
  const green = (points: Point[], kind = 'park'): Drawing => ({
    layer: 'green',
    kind,
    name: '',
    rank: 0,
    geometry: polygonOf(points),
  })
  const strip = (width: number, from: number) => [
    ...fromRiver((t) => canal.at(t) + width, from, canalEnd, 24),
    ...fromRiver((t) => canal.at(t) - width, from, canalEnd, 24).toReversed(),
  ]
  const [from, to] = isAlone ? [upstream, farDownstream] : [-75, 2440]
  const other = waterside === 'river' ? farShore : (s: number) => shoreLine(s) - 46
  const around = [
    green(band((s) => farShore(s) - 130, farShore)),
    // Beyond the street the embankment goes on.
    green(
      band(
        (s) => shoreLine(s) + 2,
        (s) => road(s) - 12,
        upstream,
        -30,
      ),
    ),
    green(
      band(
        (s) => shoreLine(s) + 2,
        (s) => road(s) - 12,
        2384,
        farDownstream,
      ),
    ),
  ]
  return [
    ...(isAlone ? around : []),
    green(strip(half.banks, 118), 'bank'),
    {
      layer: 'water',
      kind: waterside,
      name: waterside === 'river' ? '澜江' : '',
      rank: 1,
      geometry: polygonOf(band(other, shoreLine, from, to)),
    },
    { layer: 'water', kind: 'canal', name: canal.name, rank: 2, geometry: polygonOf(strip(half.water, -4)) },
    ...drawEmbankment(),
    ...[-1, 1].map((side): Drawing => path(fromRiver((t) => canal.at(t) + side * 17, 130, canalEnd, 30))),
  ]
}

/** Walks, woods, squares and landing stages between the flood wall and the water. */
function drawEmbankment(): Drawing[] {
  const random = new Random(1, 'embankment')
  const share = (part: number) => (s: number) => shoreLine(s) + (road(s) - shoreLine(s)) * part
  const drawings = [
    path(alongRiver(share(0.12), -20, 2380)),
    path(alongRiver((s) => share(0.46)(s) + Math.sin(s / 63) * 9, -20, 2380, 14)),
    path(alongRiver(share(0.82), -20, 2380)),
  ]
  for (let s = 60; s < 2330; s += random.between(46, 88)) {
    // Where roads lead to the water there are no trees.
    if ([842, canal.at(60)].some((gap) => Math.abs(s - gap) < 45)) continue
    const part = random.chance(0.5) ? random.between(0.2, 0.38) : random.between(0.58, 0.74)
    drawings.push({
      layer: 'green',
      kind: 'wood',
      name: '',
      rank: 0,
      geometry: polygonOf(grove(s, share(part)(s), random)),
    })
    if (random.chance(0.3))
      drawings.push(path([place(s, share(0.12)(s)), place(s + 9, share(0.46)(s)), place(s - 4, share(0.82)(s))]))
  }
  for (const [s, t, kind, name] of places)
    drawings.push({ layer: 'place', kind, name, rank: 4, geometry: pointOf(place(s, t)) })
  return drawings
}

const places = [
  [412, 58, 'square', '船台广场'],
  [1176, 62, 'square', '观澜广场'],
  [2010, 60, 'square', '渡口广场'],
  [2030, 6, 'ferry', '望澜渡口'],
] as const

function grove(s: number, t: number, random: Random): Point[] {
  const [long, deep, turn] = [random.between(16, 34), random.between(7, 13), random.between(0, 6.28)]
  return Array.from({ length: 22 }, (_, i) => {
    const angle = (i / 22) * 2 * Math.PI
    const bay = 1 + 0.16 * Math.sin(3 * angle + turn) + 0.08 * Math.sin(5 * angle)
    return place(s + long * bay * Math.cos(angle), t + deep * bay * Math.sin(angle))
  })
}

function path(points: Point[]): Drawing {
  return { layer: 'road', kind: 'path', name: '', rank: 6, geometry: lineOf(points) }
}

/** How far the map goes on beyond the street's border, in metres along the river. */
const upstream = -2600
const farDownstream = 5000

/** A line that follows the river at `t(s)` metres inland. */
function alongRiver(t: (s: number) => number, from = upstream, to = farDownstream, step = 40): Point[] {
  return steps(from, to, step).map((s) => place(s, t(s)))
}

/** A line that leads away from the river at `s(t)` metres downstream. */
function fromRiver(s: (t: number) => number, from: number, to: number, step = 40): Point[] {
  return steps(from, to, step).map((t) => place(s(t), t))
}

/** A band between two lines along the river, counter-clockwise. */
function band(low: (s: number) => number, high: (s: number) => number, from?: number, to?: number): Point[] {
  return [...alongRiver(low, from, to), ...alongRiver(high, from, to).toReversed()]
}

function steps(from: number, to: number, step: number): number[] {
  const count = Math.max(1, Math.round((to - from) / step))
  return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count)
}
