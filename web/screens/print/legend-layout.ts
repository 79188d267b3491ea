import type { MapLegend, MapMark } from '../../map/map-inputs.ts'
import { classLimit } from '../../ui/use-formats.ts'
import { type Point, rectangle, type Shape } from './drawing.ts'
import type { Paper } from './paper.ts'

/** Width of one class and height of a legend, in units of the paper. */
const cell = 11.5
const rowHeight = 15.5
const gap = 8
/** Side of the field that symbols of the map are described on. */
const markField = 26

/** The legends beside and below each other in a column: their height, and their shapes from a given top. */
export function legendBlocks(
  legends: readonly MapLegend[],
  column: { x: number; width: number },
  paper: Paper,
): { height: number; shapes: (top: number) => Shape[] } {
  const { unit } = paper
  const places: { legend: MapLegend; x: number; row: number; width: number }[] = []
  let [x, row] = [0, 0]
  for (const legend of legends) {
    const width = Math.min(legendWidth(legend, paper), column.width)
    if (x > 0 && x + width > column.width) [x, row] = [0, row + 1]
    places.push({ legend, x: column.x + x, row, width })
    x += width + gap * unit
  }
  return {
    height: legends.length === 0 ? 0 : (row + 1) * rowHeight * unit,
    shapes: (top) =>
      places.flatMap((place) =>
        legendShapes(place.legend, place.x, top + place.row * rowHeight * unit, place.width, paper),
      ),
  }
}

function legendWidth(legend: MapLegend, paper: Paper): number {
  const { measure, sizes, unit } = paper
  const words = measure(legend.title, sizes.legend, 'strong') + measure(legend.note, sizes.small, 'plain') + 3 * unit
  return Math.max(legend.breaks.length * classWidth(legend, paper), words)
}

/** One class is at least as wide as its name. */
function classWidth({ names = [] }: MapLegend, { measure, sizes, unit }: Paper): number {
  return Math.max(cell * unit, ...names.map((name) => measure(name, sizes.small, 'plain') + 2 * unit))
}

/** Title and note, the classes' colours side by side, and the lower limit below each. */
function legendShapes(legend: MapLegend, x: number, top: number, width: number, paper: Paper): Shape[] {
  const { title, note, breaks, names, colours, marks } = legend
  const { unit, sizes } = paper
  const baseline = top + 2.8 * unit
  const titleWidth = paper.measure(title, sizes.legend, 'strong')
  const [noteLine = ''] = paper.wrap(note, sizes.small, 'plain', width - titleWidth - 3 * unit, 1)
  const each = Math.min(classWidth(legend, paper), width / Math.max(1, breaks.length))
  const bar = { y: top + 4.6 * unit, height: 4 * unit }
  return [
    paper.write(title, x, baseline, sizes.legend, 'strong'),
    { ...paper.write(noteLine, x + titleWidth + 3 * unit, baseline, sizes.small), colour: paper.quiet },
    ...(marks === undefined
      ? [
          ...colours.map((fill, index) => rectangle({ x: x + index * each, ...bar, width: each }, { fill })),
          rectangle(
            { x, ...bar, width: each * colours.length },
            { stroke: { colour: paper.line, width: 0.15 * unit } },
          ),
        ]
      : breaks.flatMap((_, index) => markShapes(marks[index]!, x + index * each, bar.y, bar.height))),
    ...breaks.map((limit, index) =>
      paper.write(names?.[index] ?? classLimit(limit), x + index * each, bar.y + bar.height + 3.4 * unit, sizes.small),
    ),
  ]
}

/** A symbol of the map in a square of the given side. */
function markShapes({ outline, line, fill, glyph, ink }: MapMark, x: number, y: number, side: number): Shape[] {
  const scale = side / markField
  const placed = (points: MapMark['outline']) => points.map(([px, py]): Point => [x + px * scale, y + py * scale])
  const width = 2 * scale
  return [
    { kind: 'path', points: placed(outline), closed: true, fill, stroke: { colour: line, width } },
    ...glyph.map((points): Shape => ({
      kind: 'path',
      points: placed(points),
      closed: false,
      stroke: { colour: ink, width },
    })),
  ]
}
