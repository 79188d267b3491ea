import type { Paper } from './paper.ts'
import type { Poster, Rectangle } from './poster.ts'
import { scaleBarOf } from './scale-bar.ts'

/** A bar in two halves, one filled, with its length written out. */
export function drawScaleBar(
  context: CanvasRenderingContext2D,
  poster: Poster,
  box: Rectangle,
  unit: number,
  paper: Paper,
): void {
  const bar = scaleBarOf(poster.picture.metresPerUnit, box.width)
  const x = box.x + box.width - bar.length
  const y = box.y + 22 * unit
  const height = 6 * unit
  context.fillStyle = paper.text
  context.fillRect(x, y, bar.length / 2, height)
  context.strokeStyle = paper.text
  context.lineWidth = unit
  context.strokeRect(x, y, bar.length, height)

  context.font = paper.font(10.5 * unit)
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  context.fillText('0', x, y - 5 * unit)
  context.textAlign = 'right'
  context.fillText(bar.text, x + bar.length, y - 5 * unit)
  if (poster.scaleNote !== null) {
    context.font = paper.font(9.5 * unit)
    context.fillStyle = paper.quiet
    context.fillText(poster.scaleNote, x + bar.length, y + height + 14 * unit)
  }
}
