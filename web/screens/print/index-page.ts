import { pageSize } from '@minqing/data/domain/page-setup'
import { line, type Drawing, type MeasureText, type Shape } from './drawing.ts'
import type { PageContent } from './layout.ts'
import { paperOf } from './paper.ts'

/** A line of the index: what is on a page, and its number. */
export type IndexEntry = { name: string; code: string; page: number }

/** Units of the paper between two lines of the index, and the narrowest column. */
const lineHeight = 7
const columnWidth = 84

/** How many entries a page of the index takes. */
export function indexCapacity(setup: PageContent['setup']): number {
  const { rows, columns } = gridOf(setup)
  return rows * columns
}

function gridOf(setup: PageContent['setup']) {
  const { width, height } = pageSize(setup)
  const unit = Math.min(width, height) / 210
  return {
    rows: Math.floor((height / unit - 56) / lineHeight),
    columns: Math.max(1, Math.floor((width / unit - 20) / columnWidth)),
  }
}

/** A page of the index of a map series: names with their codes and page numbers, in columns. */
export function layoutIndex(
  { setup, texts }: PageContent,
  heading: string,
  entries: readonly IndexEntry[],
  measure: MeasureText,
): Drawing {
  const { width, height } = pageSize(setup)
  const paper = paperOf(setup, measure)
  const { unit, sizes } = paper
  const { rows, columns } = gridOf(setup)
  const margin = 10 * unit
  const each = (width - 2 * margin) / columns
  const [title = ''] = paper.wrap(texts.title, sizes.title, 'strong', width - 2 * margin, 1)
  const [imprint = ''] = paper.wrap(texts.imprint, sizes.small, 'plain', width - 2 * margin, 1)
  const listed = entries.slice(0, rows * columns).flatMap(({ name, code, page }, index): Shape[] => {
    const x = margin + Math.floor(index / rows) * each
    const y = margin + (32 + (index % rows) * lineHeight) * unit
    const right = x + each - 8 * unit
    const number = String(page)
    // Room for three digits, so that codes stand below each other.
    const numberWidth = 10 * unit
    const codeWidth = measure(code, sizes.small, 'plain')
    const [own = ''] = paper.wrap(name, sizes.text, 'plain', right - x - numberWidth - codeWidth - 6 * unit, 1)
    return [
      paper.write(own, x, y, sizes.text),
      { ...paper.write(code, right - numberWidth, y, sizes.small), colour: paper.quiet, anchor: 'end' },
      { ...paper.write(number, right, y, sizes.text), anchor: 'end' },
      line([x, y + 2.2 * unit], [right, y + 2.2 * unit], { colour: paper.line, width: 0.1 * unit, opacity: 0.5 }),
    ]
  })
  return {
    width,
    height,
    ground: paper.ground,
    shapes: [
      paper.write(title, margin, margin + sizes.title * 0.86, sizes.title, 'strong'),
      paper.write(heading, margin, margin + 20 * unit, sizes.mark, 'strong'),
      ...listed,
      { ...paper.write(imprint, margin, height - margin, sizes.small), colour: paper.quiet },
    ],
  }
}
