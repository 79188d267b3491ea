import { drawLegend } from './draw-legend.ts'
import { drawNorthArrow } from './draw-north-arrow.ts'
import { drawScaleBar } from './draw-scale-bar.ts'
import { paperOf, type Paper } from './paper.ts'
import { layoutOf, type Poster } from './poster.ts'
import { wrapText } from './wrap-text.ts'

/** Draws the whole sheet in CSS pixels; the caller has scaled the context to the device's. */
export function drawPoster(
  context: CanvasRenderingContext2D,
  poster: Poster,
  page: { width: number; height: number },
): void {
  const paper = paperOf(poster)
  const layout = layoutOf(page)
  context.fillStyle = paper.ground
  context.fillRect(0, 0, page.width, page.height)
  drawHead(context, poster, layout, paper)
  drawMap(context, poster, layout, paper)
  drawFoot(context, poster, layout, paper)
}

type Layout = ReturnType<typeof layoutOf>

function drawHead(context: CanvasRenderingContext2D, poster: Poster, { head, unit }: Layout, paper: Paper): void {
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  const markWidth = poster.mark === null ? 0 : drawMark(context, poster.mark, head, unit, paper)
  const measure = (text: string) => context.measureText(text).width

  context.font = paper.font(26 * unit, 'strong')
  context.fillStyle = paper.text
  const [title = ''] = wrapText(poster.title, head.width - markWidth, 1, measure)
  context.fillText(title, head.x, head.y + 26 * unit)

  context.font = paper.font(12.5 * unit)
  context.fillStyle = paper.quiet
  wrapText(poster.subject, head.width, 2, measure).forEach((line, index) => {
    context.fillText(line, head.x, head.y + (48 + 17 * index) * unit)
  })
}

/** A stamp in the corner; returns the width that the title must leave. */
function drawMark(
  context: CanvasRenderingContext2D,
  mark: string,
  head: Layout['head'],
  unit: number,
  paper: Paper,
): number {
  context.font = paper.font(14 * unit, 'strong')
  const width = context.measureText(mark).width + 18 * unit
  const x = head.x + head.width - width
  context.strokeStyle = paper.mark
  context.lineWidth = 1.2 * unit
  context.strokeRect(x, head.y + 4 * unit, width, 25 * unit)
  context.fillStyle = paper.mark
  context.fillText(mark, x + 9 * unit, head.y + 21.5 * unit)
  return width + 16 * unit
}

function drawMap(context: CanvasRenderingContext2D, poster: Poster, { map, unit }: Layout, paper: Paper): void {
  context.imageSmoothingQuality = 'high'
  context.drawImage(poster.picture.image, map.x, map.y, map.width, map.height)
  context.strokeStyle = paper.line
  context.lineWidth = unit
  context.strokeRect(map.x, map.y, map.width, map.height)
}

function drawFoot(
  context: CanvasRenderingContext2D,
  poster: Poster,
  { foot, imprint, unit }: Layout,
  paper: Paper,
): void {
  const arrow = { x: foot.x + foot.width - 40 * unit, y: foot.y, width: 40 * unit, height: foot.height }
  const bar = { x: arrow.x - 240 * unit, y: foot.y, width: 210 * unit, height: foot.height }
  const legend = { x: foot.x, y: foot.y, width: bar.x - foot.x - 30 * unit, height: foot.height }
  if (poster.legend !== null) drawLegend(context, poster.legend, legend, unit, paper)
  drawScaleBar(context, poster, bar, unit, paper)
  drawNorthArrow(context, poster, arrow, unit, paper)

  context.font = paper.font(9.5 * unit)
  context.fillStyle = paper.quiet
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  const [line = ''] = wrapText(poster.imprint, imprint.width, 1, (text) => context.measureText(text).width)
  context.fillText(line, imprint.x, imprint.y + 11 * unit)
}
