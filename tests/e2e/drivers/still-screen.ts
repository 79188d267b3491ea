import type { Page } from 'playwright-core'
import { mapIdle } from './map-page.ts'

/** Waits until nothing on the screen moves any more: words, fonts and, where there is one, the map. */
export async function stillScreen(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const hasMap = await page
    .locator('.maplibregl-map')
    .first()
    .waitFor({ state: 'attached', timeout: 15_000 })
    .then(() => true)
    .catch(() => false)
  if (hasMap) await mapIdle(page)
  await page.waitForTimeout(1_500)
  if (hasMap) await mapIdle(page)
}
