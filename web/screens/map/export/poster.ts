import type { MapLegend } from '../../../map/map-inputs.ts'
import { roundLength } from '../stage/scale-length.ts'

/** The texts of a poster, in the language of the page, and its map image. */
export type Poster = {
  title: string
  /** Period and filters. */
  subject: string
  /** `演示数据`, or null for real data. */
  mark: string | null
  picture: {
    image: CanvasImageSource
    /** Ground metres of one CSS pixel of the page. */
    metresPerUnit: number
    /** Degrees clockwise that up is away from north. */
    bearing: number
  }
  legends: MapLegend[]
  /** Letter of the north arrow. */
  north: string
  /** Note under the scale bar of a tilted map, where the scale applies to the centre only. */
  scaleNote: string | null
  /** Small print: data as of, made when, source. */
  imprint: string
  theme: 'dark' | 'light'
  /** CSS font family. */
  font: string
}

export type Rectangle = { x: number; y: number; width: number; height: number }

/** Parts of a page of `width` × `height`; `unit` is 1 on A4 and grows with the page. */
export type PosterLayout = {
  unit: number
  head: Rectangle
  map: Rectangle
  foot: Rectangle
  imprint: Rectangle
}

const a4Height = (210 / 25.4) * 96

export function layoutOf(page: { width: number; height: number }): PosterLayout {
  // On a narrow page (a phone) the width limits the size.
  const unit = Math.min(page.height / a4Height, page.width / (a4Height * 0.9))
  const margin = 26 * unit
  const width = page.width - 2 * margin
  const head = { x: margin, y: margin, width, height: 66 * unit }
  const imprint = { x: margin, y: page.height - margin - 14 * unit, width, height: 14 * unit }
  const foot = { x: margin, y: imprint.y - 62 * unit, width, height: 56 * unit }
  const top = head.y + head.height + 8 * unit
  return { unit, head, foot, imprint, map: { x: margin, y: top, width, height: foot.y - 8 * unit - top } }
}

/** Sheets of ISO 216, landscape, in millimetres. */
const sheets = { a4: { width: 297, height: 210 }, a3: { width: 420, height: 297 } } as const

export const posterSizes = ['screen', 'a4-150', 'a4-300', 'a3-150', 'a3-300'] as const
export type PosterSize = (typeof posterSizes)[number]

/** A page: `width` and `height` in CSS pixels (96 to the inch), and how many device pixels each of them gets. */
export type Page = { width: number; height: number; pixelRatio: number; dotsPerInch: number | null }

/** The page of a size; `screen` has the size and pixel ratio of the window. */
export function pageOf(size: PosterSize, screen: { width: number; height: number; pixelRatio: number }): Page {
  if (size === 'screen') return { ...screen, dotsPerInch: null }
  const [sheetName, dots] = size.split('-') as ['a3' | 'a4', string]
  const sheet = sheets[sheetName]
  const dotsPerInch = Number(dots)
  const cssPixels = (millimetres: number) => (millimetres / 25.4) * 96
  return {
    width: cssPixels(sheet.width),
    height: cssPixels(sheet.height),
    pixelRatio: dotsPerInch / 96,
    dotsPerInch,
  }
}

/** Device pixels of the image. */
export function pixelsOf(page: Page): { width: number; height: number } {
  return { width: Math.round(page.width * page.pixelRatio), height: Math.round(page.height * page.pixelRatio) }
}

/** A scale bar of a round length: metres on the ground, and units of the page. */
export type ScaleBar = { metres: number; length: number; text: string }

/** The longest of 1, 2 or 5 × 10ⁿ metres that fits into `longest` units of the page. */
export function scaleBarOf(metresPerUnit: number, longest: number): ScaleBar {
  const metres = roundLength(metresPerUnit, longest)
  return { metres, length: metres / metresPerUnit, text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` }
}
