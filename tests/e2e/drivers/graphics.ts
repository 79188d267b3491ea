/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'

/** Takes the graphics context away from every canvas, as a driver's crash does. Returns how many lost theirs. */
export async function loseGraphics(page: Page): Promise<number> {
  return page.evaluate(() => {
    let lost = 0
    for (const canvas of document.querySelectorAll('canvas')) {
      const context = canvas.getContext('webgl2')
      const extension = context?.getExtension('WEBGL_lose_context')
      if (!extension) continue
      extension.loseContext()
      lost++
    }
    return lost
  })
}
