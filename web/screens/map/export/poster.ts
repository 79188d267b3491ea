import type { DensityLegend } from '../../../map/map-inputs.ts'

/** Everything that is written on a poster, in the reader's language, and the picture it is written around. */
export type Poster = {
  title: string
  /** Period and filters in words. */
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
  legend: { title: string; note: string; density: DensityLegend } | null
  /** Letter of the north arrow. */
  north: string
  /** Said under the scale bar when the picture is tilted and the scale holds in its middle only. */
  scaleNote: string | null
  /** Small print: data as of, made when, source. */
  imprint: string
  theme: 'dark' | 'light'
  /** CSS font family. */
  font: string
}

export type Rectangle = { x: number; y: number; width: number; height: number }

/** Where things stand on a page of `width` × `height`; `unit` is 1 on A4 and grows with the page. */
export type PosterLayout = {
  unit: number
  head: Rectangle
  map: Rectangle
  foot: Rectangle
  imprint: Rectangle
}

const a4Height = (210 / 25.4) * 96

export function layoutOf(page: { width: number; height: number }): PosterLayout {
  // A narrow page (a phone's screen) sets the size by its width.
  const unit = Math.min(page.height / a4Height, page.width / (a4Height * 0.9))
  const margin = 26 * unit
  const width = page.width - 2 * margin
  const head = { x: margin, y: margin, width, height: 66 * unit }
  const imprint = { x: margin, y: page.height - margin - 14 * unit, width, height: 14 * unit }
  const foot = { x: margin, y: imprint.y - 62 * unit, width, height: 56 * unit }
  const top = head.y + head.height + 8 * unit
  return { unit, head, foot, imprint, map: { x: margin, y: top, width, height: foot.y - 8 * unit - top } }
}
