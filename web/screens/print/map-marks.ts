import { line, rectangle, type Point, type Rectangle, type Shape } from './drawing.ts'
import { graticule } from './graticule.ts'
import type { Paper } from './paper.ts'
import { scaleBarOf, scaleRatio } from './scale-bar.ts'

/** What a page says about its map. Places are in millimetres from the upper left corner of the map. */
export type MapFacts = {
  /** Ground metres of one millimetre of paper at the map's centre. */
  metresPerMillimetre: number
  /** Degrees clockwise that up is away from north. */
  bearing: number
  /** Whether the scale applies to the centre only. */
  tilted: boolean
  project: (lon: number, lat: number) => Point
  unproject: (x: number, y: number) => Point
}

/** Lines over the map, and their values outside its frame. */
export function graticuleShapes(map: Rectangle, { project, unproject }: MapFacts, paper: Paper): Shape[] {
  const { unit, sizes } = paper
  const { width, height } = map
  const lines = graticule({ width, height, project, unproject })
  const taken = new Map<string, number[]>()
  const labels = lines.flatMap(({ ends, label }) =>
    ends.flatMap(([x, y]): Shape[] => {
      const edge = edgeOf([x, y], map)
      const along = edge === 'top' || edge === 'bottom' ? x : y
      const length = edge === 'top' || edge === 'bottom' ? width : height
      const half = paper.measure(label, sizes.small, 'plain') / 2
      const others = taken.get(edge) ?? []
      // A value that would leave the frame's side or touch its neighbour is left out.
      if (
        along < half ||
        along > length - half ||
        others.some((other) => Math.abs(other - along) < 2 * half + 2 * unit)
      )
        return []
      taken.set(edge, [...others, along])
      const text = { ...paper.write(label, 0, 0, sizes.small), colour: paper.quiet, anchor: 'middle' as const }
      switch (edge) {
        case 'top':
          return [{ ...text, x: map.x + x, y: map.y - 1.2 * unit }]
        case 'bottom':
          return [{ ...text, x: map.x + x, y: map.y + height + 3.2 * unit }]
        case 'left':
          return [{ ...text, x: map.x - 1.2 * unit, y: map.y + y, angle: 90 }]
        case 'right':
          return [{ ...text, x: map.x + width + 3.2 * unit, y: map.y + y, angle: 90 }]
      }
    }),
  )
  const stroke = { colour: paper.text, width: 0.12 * unit, opacity: 0.28 }
  return [
    ...lines.map(({ ends: [[x0, y0], [x1, y1]] }) => line([map.x + x0, map.y + y0], [map.x + x1, map.y + y1], stroke)),
    ...labels,
  ]
}

function edgeOf([x, y]: Point, { width, height }: Rectangle): 'top' | 'bottom' | 'left' | 'right' {
  const distances = { top: y, bottom: height - y, left: x, right: width - x }
  const nearest = Math.min(...Object.values(distances))
  if (distances.top === nearest) return 'top'
  if (distances.bottom === nearest) return 'bottom'
  return distances.left === nearest ? 'left' : 'right'
}

/** A bar in four parts, every other one filled, with its length and the map's ratio. */
export function scaleBar(
  side: { x: number; width: number },
  top: number,
  facts: MapFacts,
  texts: { scale: string; tilted: string },
  paper: Paper,
): Shape[] {
  const { unit, sizes } = paper
  const bar = scaleBarOf(facts.metresPerMillimetre, side.width - 22 * unit)
  const x = side.x + side.width - 16 * unit - bar.length
  const y = top + 4.6 * unit
  const height = 1.4 * unit
  const stroke = { colour: paper.text, width: 0.2 * unit }
  const below = facts.tilted ? texts.tilted : `${texts.scale} ${scaleRatio(facts.metresPerMillimetre)}`
  return [
    rectangle({ x, y, width: bar.length, height }, { fill: paper.ground, stroke }),
    ...[0, 2].map((part) =>
      rectangle({ x: x + (part * bar.length) / 4, y, width: bar.length / 4, height }, { fill: paper.text }),
    ),
    { ...paper.write('0', x, y - 1.4 * unit, sizes.small), anchor: 'middle' },
    { ...paper.write(bar.text, x + bar.length, y - 1.4 * unit, sizes.small), anchor: 'end' },
    {
      ...paper.write(below, x + bar.length, y + height + 4.2 * unit, sizes.small),
      colour: paper.quiet,
      anchor: 'end',
    },
  ]
}

/** Points north, also where the map is rotated. */
export function northArrow(
  side: { x: number; width: number },
  top: number,
  bearing: number,
  letter: string,
  paper: Paper,
): Shape[] {
  const { unit, sizes } = paper
  const centre: Point = [side.x + side.width - 6.5 * unit, top + 7.6 * unit]
  const angle = (-bearing * Math.PI) / 180
  const at = (x: number, y: number): Point => [
    centre[0] + (x * Math.cos(angle) - y * Math.sin(angle)) * unit,
    centre[1] + (x * Math.sin(angle) + y * Math.cos(angle)) * unit,
  ]
  const [tip, notch] = [at(0, -3), at(0, 3.2)]
  const stroke = { colour: paper.text, width: 0.2 * unit }
  const [x, y] = at(0, -5.4)
  return [
    { kind: 'path', points: [tip, at(-2.2, 5.2), notch], closed: true, fill: paper.text, stroke },
    { kind: 'path', points: [tip, at(2.2, 5.2), notch], closed: true, stroke },
    { ...paper.write(letter, x, y + 0.36 * sizes.legend, sizes.legend, 'strong'), anchor: 'middle' },
  ]
}
