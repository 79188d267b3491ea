import { drawPoster } from './draw-poster.ts'
import { withDensity } from './png-density.ts'
import { layoutOf, type Poster } from './poster.ts'
import { pixelsOf, type Page } from './poster-size.ts'

/** CSS pixels of the part of the page that the map picture fills. */
export function mapSizeOf(page: Page): { width: number; height: number } {
  const { map } = layoutOf(page)
  return { width: Math.round(map.width), height: Math.round(map.height) }
}

/**
 * The poster as a PNG file of the page's size.
 * @throws Error when the browser refuses a canvas of this size.
 */
export async function composePoster(poster: Poster, page: Page, onEncoding: () => void): Promise<Blob> {
  await loadFont(poster)
  const canvas = document.createElement('canvas')
  const pixels = pixelsOf(page)
  canvas.width = pixels.width
  canvas.height = pixels.height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error(`${pixels.width} × ${pixels.height}`)
  context.scale(pixels.width / page.width, pixels.height / page.height)
  drawPoster(context, poster, page)
  onEncoding()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  // A page's canvases are freed late; a large one is given back at once.
  canvas.width = 0
  if (blob === null) throw new Error(`${pixels.width} × ${pixels.height}`)
  if (page.dotsPerInch === null) return blob
  const png = withDensity(new Uint8Array(await blob.arrayBuffer()), page.dotsPerInch)
  return new Blob([png], { type: 'image/png' })
}

/** A canvas does not wait for a web font's slices, as a page does. */
async function loadFont(poster: Poster): Promise<void> {
  const text = [poster.title, poster.subject, poster.mark, poster.imprint, poster.north, poster.scaleNote]
  const legend = [poster.legend?.title, poster.legend?.note, '0123456789.≥km']
  const characters = [...text, ...legend].join('')
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 16px ${poster.font}`, characters)))
}
