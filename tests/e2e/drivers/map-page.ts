/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'

/** The map page without what takes long to draw, for tests that look at its numbers. */
export function plainPath(parameters = ''): string {
  return `/?density=off&layers=none${parameters === '' ? '' : `&${parameters}`}`
}

/** A number as a reader sees it: `8,948` is 8948. */
export function numberIn(text: string): number {
  return Number(text.replaceAll(/[^\d.-]/g, ''))
}

/** Waits until the page has its cases: the filter's count is there. */
export async function countShown(page: Page): Promise<number> {
  return numberIn(await page.locator('button [role=status] strong').innerText())
}

/** Waits until the map stands still with all it needs. */
export async function mapIdle(page: Page): Promise<void> {
  await page.locator('.maplibregl-map[data-state=idle]').waitFor({ state: 'attached', timeout: 180_000 })
}

/** Ticks or unticks a choice of one of the filter menus, with the keyboard alone when asked. */
export async function toggleChoice(page: Page, menu: string, choice: RegExp): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${menu}`) })
    .last()
    .click()
  await page.getByRole('checkbox', { name: choice }).click()
  await page.keyboard.press('Escape')
}

/** Search parameters of the address as they stand. */
export function parametersOf(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams
}

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
