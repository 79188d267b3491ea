import { loadBundledFont } from '../../map/bundled-font.ts'
import type { Drawing, FontWeight, MeasureText, Rectangle, Shape } from './drawing.ts'

/** The font of pages, which the app ships; until a slice of it has come a system font stands in. */
export const pageFont = "'Noto Sans SC Variable', 'Noto Sans SC', sans-serif"

const weights: Record<FontWeight, number> = { plain: 400, strong: 600 }

/** Measured at this size and scaled, because browsers round the widths of small text. */
const measuredSize = 100

/** Measures with the font that a canvas draws with. */
export function canvasMeasure(): MeasureText {
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  return (text, size, weight) => {
    if (context === null) return text.length * size
    context.font = `${weights[weight]} ${measuredSize}px ${pageFont}`
    return (context.measureText(text).width * size) / measuredSize
  }
}

/** Loads the slices of the page's font that texts need: a canvas does not wait for them. */
export async function loadPageFont(texts: readonly string[]): Promise<void> {
  await loadBundledFont()
  const characters = [...new Set(['0123456789.:≥kmNESW°′″…', ...texts].join(''))].join('')
  await Promise.all(
    Object.values(weights).map((weight) => document.fonts.load(`${weight} 16px ${pageFont}`, characters)),
  )
}

/** Draws the map into a rectangle of the context, in its units. */
export type PaintPicture = (place: Rectangle) => void

/**
 * Draws a page on a canvas whose context is scaled to millimetres of the page.
 * @param picture draws the map where it goes
 */
export function paintCanvas(context: CanvasContext, { width, height, ground, shapes }: Drawing, picture: PaintPicture) {
  context.fillStyle = ground
  context.fillRect(0, 0, width, height)
  for (const shape of shapes) paintShape(context, shape, picture)
}

export type CanvasContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

function paintShape(context: CanvasContext, shape: Shape, picture: PaintPicture): void {
  switch (shape.kind) {
    case 'picture':
      picture(shape)
      return
    case 'text':
      context.save()
      context.translate(shape.x, shape.y)
      context.rotate((-(shape.angle ?? 0) * Math.PI) / 180)
      context.font = `${weights[shape.weight]} ${measuredSize}px ${pageFont}`
      context.textAlign = shape.anchor === 'start' ? 'left' : shape.anchor === 'end' ? 'right' : 'center'
      context.textBaseline = 'alphabetic'
      context.fillStyle = shape.colour
      // Browsers draw no text of 3 pixels, and a context in millimetres asks for that.
      context.scale(shape.size / measuredSize, shape.size / measuredSize)
      context.fillText(shape.text, 0, 0)
      context.restore()
      return
    case 'path':
      context.beginPath()
      // The first point of a path begins it, as `moveTo` would.
      for (const [x, y] of shape.points) context.lineTo(x, y)
      if (shape.closed) context.closePath()
      if (shape.fill !== undefined) {
        context.fillStyle = shape.fill
        context.fill()
      }
      if (shape.stroke !== undefined) {
        context.globalAlpha = shape.stroke.opacity ?? 1
        context.strokeStyle = shape.stroke.colour
        context.lineWidth = shape.stroke.width
        context.stroke()
        context.globalAlpha = 1
      }
  }
}
