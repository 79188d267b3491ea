/// <reference lib="dom" />
import { describe, expect, it } from 'vitest'
import { countShown, mapIdle, parametersOf, plainPath } from './drivers/map-page.ts'
import { coloursOnScreen } from './drivers/picture.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

describe('language and theme', () => {
  it('change in place, stand in the address, and open for a colleague as they were left', async () => {
    const { page } = await open({
      path: plainPath('area=990101001002&type=D14'),
      withoutMap: true,
      colorScheme: 'dark',
    })
    const count = await countShown(page)
    await page.getByRole('button', { name: /Switch to English/ }).click()
    await page.getByRole('button', { name: 'Export' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: /light/i }).click()
    await expect.poll(() => parametersOf(page).get('theme')).toBe('light')
    expect(parametersOf(page).get('lang')).toBe('en')
    expect(parametersOf(page).get('area')).toBe('990101001002')

    const address = new URL(page.url())
    const colleague = await open({ path: address.pathname + address.search, colorScheme: 'dark' })
    await colleague.page.getByRole('button', { name: 'Export' }).waitFor()
    expect(await countShown(colleague.page)).toBe(count)
    expect(await colleague.page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light')
  })

  it('the system’s wish counts until something is chosen', async () => {
    const { page } = await open({ path: '/', colorScheme: 'light' })
    await countShown(page)
    const light = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(light)
    await mapIdle(page)
    await expect.poll(() => coloursOnScreen(page, 0.4), { timeout: 180_000 }).toBeGreaterThan(20)
  })

  it('the wall is dark whatever the system prefers, and in English by URL', async () => {
    const { page } = await open({ path: '/wall?tour=off&lang=en', colorScheme: 'light', width: 960, height: 540 })
    await page.getByRole('heading', { level: 1, name: /Governance Centre/ }).waitFor()
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).colorScheme)).toBe('dark')
    // What is seen, not what is declared: the sum of the three colours is small where it is dark.
    const header = page.locator('main header').first()
    const [red = 255, green = 255, blue = 255] = await header.evaluate((element) =>
      (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []).map(Number),
    )
    expect(red + green + blue).toBeLessThan(150)
    await page.getByText(/Data \d+ s old/).waitFor()
  })
})
