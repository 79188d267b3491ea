import type { Risk } from '@minqing/data/domain/risk'
import { risks } from '@minqing/data/domain/risk'

/** Colour of each risk, and a shape as the second signal: diamond, triangle, square, circle. */
const riskColours: Record<Risk, string> = { red: '#e5484d', orange: '#f76b15', yellow: '#ffc53d', blue: '#3e93d6' }

const size = 64
const middle = size / 2

function outline(risk: Risk): Path2D {
  const path = new Path2D()
  switch (risk) {
    case 'red':
      polygon(path, [
        [middle, 4],
        [size - 4, middle],
        [middle, size - 4],
        [4, middle],
      ])
      break
    case 'orange':
      polygon(path, [
        [middle, 6],
        [size - 5, size - 9],
        [5, size - 9],
      ])
      break
    case 'yellow':
      path.roundRect(11, 11, size - 22, size - 22, 5)
      break
    case 'blue':
      path.arc(middle, middle, 21, 0, 2 * Math.PI)
      break
  }
  return path
}

function polygon(path: Path2D, points: [number, number][]): void {
  for (const [x, y] of points) path.lineTo(x, y)
  path.closePath()
}

/** All marks side by side, and where each one is. */
export function incidentMarks(halo: string) {
  const canvas = document.createElement('canvas')
  canvas.width = size * risks.length
  canvas.height = size
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no 2D canvas, which the map needs for its marks')
  context.lineJoin = 'round'
  for (const [index, risk] of risks.entries()) {
    context.setTransform(1, 0, 0, 1, index * size, 0)
    const path = outline(risk)
    context.strokeStyle = halo
    context.lineWidth = 8
    context.stroke(path)
    context.fillStyle = riskColours[risk]
    context.fill(path)
  }
  const places = risks.map((risk, index) => [risk, { x: index * size, y: 0, width: size, height: size }] as const)
  return { atlas: context.getImageData(0, 0, canvas.width, canvas.height), places: Object.fromEntries(places) }
}
