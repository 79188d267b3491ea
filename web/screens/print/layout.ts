import { pageSize, type PageSetup } from '@minqing/data/domain/page-setup'
import type { MapLegend } from '../../map/map-inputs.ts'
import {
  cssPixels,
  line,
  millimetres,
  rectangle,
  type Drawing,
  type MeasureText,
  type Rectangle,
  type Shape,
} from './drawing.ts'
import { legendBlocks } from './legend-layout.ts'
import { graticuleShapes, northArrow, scaleBar, type MapFacts } from './map-marks.ts'
import { paperOf, type Paper } from './paper.ts'

/** The texts of a page, in its language. What is empty is left out. */
export type PageTexts = {
  title: string
  /** Period, filters and how many incidents. */
  subject: string
  /** Framed words in the upper right corner: 内部使用, 演示数据. */
  marks: string[]
  /** How what is shown was made. */
  method: string
  notes: string
  /** Age of the data, when made, source, author. */
  imprint: string
  approval: string
  /** Letter of the north arrow. */
  north: string
  /** `比例尺` */
  scale: string
  /** Said under the scale bar of a tilted map. */
  tilted: string
}

export type PageContent = {
  setup: Pick<PageSetup, 'sheet' | 'orientation' | 'theme' | 'graticule'>
  texts: PageTexts
  legends: readonly MapLegend[]
}

type Column = { x: number; width: number }

/**
 * Where the map goes on a page. It has whole CSS pixels, so that the map's picture fills it exactly.
 * Depends on texts and legends, and not on the map: the picture is taken in this size.
 */
export function mapFrame(content: PageContent, measure: MeasureText): Rectangle {
  return partsOf(content, measure).map
}

/** A page with its map. */
export function layoutPage(content: PageContent, facts: MapFacts, measure: MeasureText): Drawing {
  const { setup, texts } = content
  const { width, height } = pageSize(setup)
  const paper = paperOf(setup, measure)
  const parts = partsOf(content, measure)
  const shapes: Shape[] = [
    ...head(texts, parts.column, parts.top, paper),
    { kind: 'picture', ...parts.map },
    ...(setup.graticule ? graticuleShapes(parts.map, facts, paper) : []),
    rectangle(parts.map, { stroke: { colour: paper.text, width: 0.25 * paper.unit } }),
    ...parts.legends(parts.footTop),
    ...scaleBar(parts.side, parts.footTop, facts, texts, paper),
    ...northArrow(parts.side, parts.footTop, facts.bearing, texts.north, paper),
    ...small(parts, paper),
  ]
  return { width, height, ground: paper.ground, shapes }
}

/** The parts of a page from above: head, map, foot with legends and scale, small print. */
function partsOf(content: PageContent, measure: MeasureText) {
  const { setup, texts, legends } = content
  const { width, height } = pageSize(setup)
  const paper = paperOf(setup, measure)
  const { unit } = paper
  const margin = 10 * unit
  const column: Column = { x: margin, width: width - 2 * margin }

  const subjectLines = paper.wrap(texts.subject, paper.sizes.text, 'plain', column.width, 2)
  const headHeight = paper.sizes.title + (subjectLines.length === 0 ? 0 : 2 * unit) + subjectLines.length * 4.6 * unit

  const side: Column = { x: column.x + column.width - 68 * unit, width: 68 * unit }
  const blocks = legendBlocks(legends, { x: column.x, width: column.width - side.width - 6 * unit }, paper)
  const footHeight = Math.max(15 * unit, blocks.height)

  const lines = smallLines(texts, column.width, paper)
  const smallHeight = lines.length * 3.9 * unit + 2.4 * unit

  const labels = setup.graticule ? 4.2 * unit : 0
  const top = margin + headHeight + 3 * unit + labels
  const bottom = height - margin - smallHeight - footHeight - 4 * unit - labels
  const whole = (value: number) => millimetres(Math.floor(cssPixels(value)))
  const map: Rectangle = {
    x: column.x + labels,
    y: top,
    width: whole(column.width - 2 * labels),
    height: whole(Math.max(bottom - top, 20)),
  }
  return {
    column,
    top: margin,
    map,
    side,
    footTop: bottom + labels + 4 * unit,
    legends: blocks.shapes,
    lines,
    smallTop: height - margin - smallHeight,
    approval: texts.approval,
  }
}

function head(texts: PageTexts, column: Column, top: number, paper: Paper): Shape[] {
  const { unit, sizes } = paper
  const shapes: Shape[] = []
  let right = column.x + column.width
  for (const mark of texts.marks) {
    const width = paper.measure(mark, sizes.mark, 'strong') + 5 * unit
    right -= width
    shapes.push(
      rectangle(
        { x: right, y: top + 0.4 * unit, width, height: 6.4 * unit },
        { stroke: { colour: paper.mark, width: 0.35 * unit } },
      ),
      {
        ...paper.write(mark, right + 2.5 * unit, top + 4.9 * unit, sizes.mark, 'strong'),
        colour: paper.mark,
      },
    )
    right -= 3 * unit
  }
  const [title = ''] = paper.wrap(texts.title, sizes.title, 'strong', right - column.x, 1)
  shapes.push(paper.write(title, column.x, top + sizes.title * 0.86, sizes.title, 'strong'))
  paper.wrap(texts.subject, sizes.text, 'plain', column.width, 2).forEach((text, index) => {
    const y = top + sizes.title + (5.2 + index * 4.6) * unit
    shapes.push({ ...paper.write(text, column.x, y, sizes.text), colour: paper.quiet })
  })
  return shapes
}

/** Method, notes and imprint, each on lines of its own. */
function smallLines({ method, notes, imprint }: PageTexts, width: number, paper: Paper): string[] {
  return [method, notes, imprint].flatMap((text) =>
    text === '' ? [] : paper.wrap(text, paper.sizes.small, 'plain', width, 3),
  )
}

function small({ column, smallTop, lines, approval }: ReturnType<typeof partsOf>, paper: Paper): Shape[] {
  const { unit, sizes } = paper
  const right = column.x + column.width
  const shapes: Shape[] = [
    line([column.x, smallTop], [right, smallTop], { colour: paper.line, width: 0.15 * unit }),
    ...lines.map((text, index) => ({
      ...paper.write(text, column.x, smallTop + (4.6 + index * 3.9) * unit, sizes.small),
      colour: paper.quiet,
    })),
  ]
  if (approval !== '')
    shapes.push({
      ...paper.write(approval, right, smallTop + (4.6 + (lines.length - 1) * 3.9) * unit, sizes.small),
      colour: paper.quiet,
      anchor: 'end',
    })
  return shapes
}
