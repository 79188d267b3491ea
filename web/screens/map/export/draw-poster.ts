import { classLimit } from '../../../ui/use-formats.ts'
import { layoutOf, scaleBarOf, type Poster, type Rectangle } from './poster.ts'
import { wrapText } from './wrap-text.ts'

/** Colours and fonts of a poster. */
type Paper = {
  ground: string
  text: string
  quiet: string
  line: string
  mark: string
  font: (size: number, weight?: 'plain' | 'strong') => string
}

const colours = {
  light: { ground: '#ffffff', text: '#1b2229', quiet: '#4a545e', line: '#8a8f96', mark: '#9a4d00' },
  dark: { ground: '#151b23', text: '#e8eef4', quiet: '#a9b8c8', line: '#607084', mark: '#ffb14a' },
} as const

function paperOf(poster: Pick<Poster, 'theme' | 'font'>): Paper {
  return {
    ...colours[poster.theme],
    font: (size, weight = 'plain') => `${weight === 'strong' ? 600 : 400} ${size}px ${poster.font}`,
  }
}

/** Draws the poster in CSS pixels; the caller has scaled the context to device pixels. */
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

/** The mark of demo data in the corner; returns the width that the title must leave free. */
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
  const width = (bar.x - foot.x - 30 * unit) / Math.max(1, poster.legends.length)
  poster.legends.forEach((legend, index) => {
    drawLegend(context, legend, { x: foot.x + index * width, y: foot.y, width, height: foot.height }, unit, paper)
  })
  drawScaleBar(context, poster, bar, unit, paper)
  drawNorthArrow(context, poster, arrow, unit, paper)

  context.font = paper.font(9.5 * unit)
  context.fillStyle = paper.quiet
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  const [line = ''] = wrapText(poster.imprint, imprint.width, 1, (text) => context.measureText(text).width)
  context.fillText(line, imprint.x, imprint.y + 11 * unit)
}

/** The colour classes of a layer with their lower limits. */
function drawLegend(
  context: CanvasRenderingContext2D,
  legend: Poster['legends'][number],
  box: Rectangle,
  unit: number,
  paper: Paper,
): void {
  const { breaks, colours } = legend
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
    context.fillText(classLimit(breaks[index] ?? 0), x, box.y + 47 * unit)
  })
  context.strokeStyle = paper.line
  context.lineWidth = 0.6 * unit
  context.strokeRect(box.x, box.y + 20 * unit, cell * colours.length, 14 * unit)
}

/** A bar in two halves, one filled, with its length. */
function drawScaleBar(
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

/** North arrow of a map that may be rotated. */
function drawNorthArrow(
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
