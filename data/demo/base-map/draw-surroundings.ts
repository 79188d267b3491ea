import { lineOf, polygonOf } from '../geometry.ts'
import { along, canal, middle } from '../plan/skeleton.ts'
import type { Drawing } from './draw-base-map.ts'
import { alongRiver, band, farDownstream, fromRiver, upstream } from './river-lines.ts'

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
