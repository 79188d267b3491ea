import { lineOf, pointOf, polygonOf } from '../geometry.ts'
import type { Point } from '../plane.ts'
import { place } from '../plan/frame.ts'
import { along, canal } from '../plan/skeleton.ts'
import { Random } from '../random.ts'
import type { StreetSite } from '../city/site.ts'
import type { Drawing } from './draw-base-map.ts'
import { alongRiver, band, farDownstream, fromRiver, upstream } from './river-lines.ts'

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
