import { pageSize, type PageSetup } from '@minqing/data/domain/page-setup'
import type { FontWeight, MeasureText, TextShape } from './drawing.ts'
import { wrapText } from './wrap-text.ts'

const colours = {
  light: { ground: '#ffffff', text: '#1b2229', quiet: '#4a545e', line: '#8a8f96', mark: '#9a4d00', halo: '#ffffff' },
  dark: { ground: '#151b23', text: '#e8eef4', quiet: '#a9b8c8', line: '#607084', mark: '#ffb14a', halo: '#151b23' },
} as const

/** Colours and sizes of a page, and how its texts are set. */
export type Paper = ReturnType<typeof paperOf>

/** `unit` is 1 mm on A4, and grows with the short side of the sheet: an A3 page is an A4 page enlarged. */
export function paperOf(setup: Pick<PageSetup, 'sheet' | 'orientation' | 'theme'>, measure: MeasureText) {
  const { width, height } = pageSize(setup)
  const unit = Math.min(width, height) / 210
  return {
    ...colours[setup.theme],
    unit,
    measure,
    // 7.2 mm is 20 points, 2.5 mm 7 points: the smallest that can be read on paper at arm's length.
    sizes: { title: 7.2 * unit, mark: 3.9 * unit, text: 3.4 * unit, legend: 3.1 * unit, small: 2.6 * unit },
    wrap: (text: string, size: number, weight: FontWeight, width: number, most: number) =>
      text === '' ? [] : wrapText(text, width, most, (part) => measure(part, size, weight)),
    write: (text: string, x: number, y: number, size: number, weight: FontWeight = 'plain'): TextShape => ({
      kind: 'text',
      text,
      x,
      y,
      size,
      weight,
      colour: colours[setup.theme].text,
      anchor: 'start',
    }),
  }
}
