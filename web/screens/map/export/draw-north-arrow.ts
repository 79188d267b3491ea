import type { Paper } from './paper.ts'
import type { Poster, Rectangle } from './poster.ts'

/** Points to north on the picture, which may itself be turned. */
export function drawNorthArrow(
  context: CanvasRenderingContext2D,
  poster: Poster,
  box: Rectangle,
  unit: number,
  paper: Paper,
): void {
  const length = 19 * unit
  context.save()
  context.translate(box.x + box.width / 2, box.y + box.height / 2)
  context.rotate((-poster.picture.bearing * Math.PI) / 180)
  context.fillStyle = paper.text
  context.strokeStyle = paper.text
  context.lineWidth = unit
  context.lineJoin = 'round'
  half(context, length, -1)
  context.fill()
  half(context, length, 1)
  context.stroke()
  context.font = paper.font(11 * unit, 'strong')
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.fillText(poster.north, 0, -length + 6 * unit)
  context.restore()
}

function half(context: CanvasRenderingContext2D, length: number, side: -1 | 1): void {
  context.beginPath()
  context.moveTo(0, -length * 0.55)
  context.lineTo(side * length * 0.42, length)
  context.lineTo(0, length * 0.62)
  context.closePath()
}
