import type { Paper } from './paper.ts'
import type { Poster, Rectangle } from './poster.ts'

/** The density's colour classes with their lower limits written out. */
export function drawLegend(
  context: CanvasRenderingContext2D,
  legend: NonNullable<Poster['legend']>,
  box: Rectangle,
  unit: number,
  paper: Paper,
): void {
  const { breaks, colours } = legend.density
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.font = paper.font(11 * unit, 'strong')
  context.fillStyle = paper.text
  context.fillText(legend.title, box.x, box.y + 12 * unit)
  const titleWidth = context.measureText(legend.title).width
  context.font = paper.font(10 * unit)
  context.fillStyle = paper.quiet
  context.fillText(legend.note, box.x + titleWidth + 10 * unit, box.y + 12 * unit)

  const cell = Math.min(58 * unit, box.width / Math.max(1, colours.length))
  colours.forEach((colour, index) => {
    const x = box.x + index * cell
    context.fillStyle = colour
    context.fillRect(x, box.y + 20 * unit, cell, 14 * unit)
    context.fillStyle = paper.text
    context.fillText(limitText(breaks[index] ?? 0), x, box.y + 47 * unit)
  })
  context.strokeStyle = paper.line
  context.lineWidth = 0.6 * unit
  context.strokeRect(box.x, box.y + 20 * unit, cell * colours.length, 14 * unit)
}

/** Two significant digits are what a colour can tell. */
function limitText(limit: number): string {
  return `≥${limit >= 100 ? Math.round(limit) : Number(limit.toPrecision(2))}`
}
