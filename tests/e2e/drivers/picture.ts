/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'

/** What can be said of a PNG without an eye: its size, and how many different colours a part of it has. */
export type Picture = { width: number; height: number; colours: number }

/**
 * Reads a PNG with the browser's own decoder. `part` is the fraction of width and height around the middle whose
 * colours are counted (rounded to 16 steps a channel, so that anti-aliasing alone does not count).
 */
export async function readPicture(page: Page, png: Buffer, part = 0.5): Promise<Picture> {
  return page.evaluate(
    async ({ base64, part }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!)
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(Math.ceil(image.width * part), Math.ceil(image.height * part))
      const context = canvas.getContext('2d', { willReadFrequently: true })!
      context.drawImage(image, (canvas.width - image.width) / 2, (canvas.height - image.height) / 2)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      const colours = new Set<number>()
      for (let at = 0; at < data.length; at += 4) {
        colours.add((data[at]! >> 4) * 256 + (data[at + 1]! >> 4) * 16 + (data[at + 2]! >> 4))
      }
      return { width: image.width, height: image.height, colours: colours.size }
    },
    { base64: png.toString('base64'), part },
  )
}

/** Different colours in the middle of what the page shows now. */
export async function coloursOnScreen(page: Page, part = 0.5): Promise<number> {
  return (await readPicture(page, await page.screenshot(), part)).colours
}
