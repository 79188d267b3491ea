import type { MapPicture } from '../../map/map-inputs.ts'
import type { Drawing } from './drawing.ts'
import { paintCanvas, type CanvasContext } from './paint-canvas.ts'
import { PixelCompressor, pngFile } from './png-stream.ts'

/** Rows that are drawn at once, and the widest part of the map: every graphics driver has a canvas of this size. */
const bandHeight = 1024
const partWidth = 2048

export type RasterRun = { signal: AbortSignal; report: (share: number) => void }

/** Device pixels of a page. */
export function pixelsOf(
  { width, height }: Pick<Drawing, 'width' | 'height'>,
  dotsPerInch: number,
): { width: number; height: number } {
  return { width: Math.round((width / 25.4) * dotsPerInch), height: Math.round((height / 25.4) * dotsPerInch) }
}

/**
 * A page as a PNG file, with or without a map, written from above to below. What is held in memory is a band of the page, a part of the map and
 * the compressed file: at 600 dpi a band of an A3 page takes 41 MB, the whole page would take 278 MB.
 */
export async function writePng(
  drawing: Drawing,
  picture: MapPicture | null,
  dotsPerInch: number,
  run: RasterRun,
): Promise<Blob> {
  const pixels = pixelsOf(drawing, dotsPerInch)
  const scale = dotsPerInch / 25.4
  const paint = (context: CanvasContext, top: number, rows: number) => {
    context.setTransform(scale, 0, 0, scale, 0, -top)
    paintCanvas(context, drawing, (place) => {
      if (picture === null) return
      const [left, above] = [Math.round(place.x * scale), Math.round(place.y * scale)]
      paintPicture(context, picture, { left, top: above - top, from: top - above, rows })
    })
  }
  return pngFile(await compressBands(pixels, paint, run), { ...pixels, dotsPerInch })
}

/** The map alone, as compressed rows (`PixelCompressor`). */
export function compressPicture(picture: MapPicture, run: RasterRun): Promise<Blob> {
  const paint = (context: CanvasContext, top: number, rows: number) =>
    paintPicture(context, picture, { left: 0, top: -top, from: top, rows })
  return compressBands(picture.pixels, paint, run)
}

/** The whole map on a canvas of its own, for a page on the screen or in an animation. */
export function snapshot(picture: MapPicture): OffscreenCanvas {
  const { width, height } = picture.pixels
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error(`${width} × ${height}`)
  for (let from = 0; from < height; from += bandHeight)
    paintPicture(context, picture, { left: 0, top: 0, from, rows: Math.min(bandHeight, height - from) })
  return canvas
}

/** A page on a canvas that has its proportions. */
export function paintPage(canvas: HTMLCanvasElement | OffscreenCanvas, drawing: Drawing, map: OffscreenCanvas): void {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error(`${canvas.width} × ${canvas.height}`)
  context.setTransform(canvas.width / drawing.width, 0, 0, canvas.height / drawing.height, 0, 0)
  context.imageSmoothingQuality = 'high'
  paintCanvas(context, drawing, ({ x, y, width, height }) => context.drawImage(map, x, y, width, height))
}

async function compressBands(
  { width, height }: { width: number; height: number },
  paint: (context: CanvasContext, top: number, rows: number) => void,
  { signal, report }: RasterRun,
): Promise<Blob> {
  const compressor = new PixelCompressor(width)
  try {
    const canvas = new OffscreenCanvas(width, Math.min(bandHeight, height))
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new Error(`${width} × ${canvas.height}`)
    for (let top = 0; top < height; top += bandHeight) {
      signal.throwIfAborted()
      const rows = Math.min(bandHeight, height - top)
      paint(context, top, rows)
      await compressor.add(context.getImageData(0, 0, width, rows))
      report((top + rows) / height)
      // Progress is shown, and “cancel” can be pressed, between two bands.
      await new Promise((resume) => setTimeout(resume))
    }
    return await compressor.finish()
  } catch (error) {
    await compressor.abort(error)
    throw error
  }
}

/** Draws rows of the map in device pixels: `from` is the first row of the map, (left, top) where its corner goes. */
function paintPicture(
  context: CanvasContext,
  picture: MapPicture,
  { left, top, from, rows }: { left: number; top: number; from: number; rows: number },
): void {
  const first = Math.max(0, from)
  const last = Math.min(picture.pixels.height, from + rows)
  context.save()
  context.resetTransform()
  // All parts have one size, so that the map's canvas is never made again: what reaches beyond the map is left out here.
  const size = {
    width: Math.min(partWidth, picture.pixels.width),
    height: Math.min(bandHeight, picture.pixels.height),
  }
  for (const { x, y, width, height } of partsOf(picture.pixels.width, first, last - first))
    context.drawImage(picture.draw({ x, y, ...size }), 0, 0, width, height, left + x, top + y, width, height)
  context.restore()
}

/** Windows of at most `partWidth` side by side. */
function partsOf(width: number, y: number, height: number) {
  if (height <= 0) return []
  return Array.from({ length: Math.ceil(width / partWidth) }, (_, index) => {
    const x = index * partWidth
    return { x, y, width: Math.min(partWidth, width - x), height }
  })
}
