import { describe, expect, it } from 'vitest'
import { type Page, type ScreenOptions, violationsOf } from './drivers/screen.ts'
import { countShown, plainPath } from './drivers/map-page.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

const states: (Partial<ScreenOptions> & { name: string; path: string; act?: (page: Page) => Promise<void> })[] = [
  { name: 'the map', path: '/' },
  { name: 'a grid', path: plainPath('area=990101001002001'), withoutMap: true },
  { name: 'a list of incidents', path: plainPath('list=all'), withoutMap: true },
  { name: 'a case', path: plainPath('selected=incident:990101001-20261120-0001'), withoutMap: true },
  {
    name: 'the filters',
    path: plainPath('type=D14'),
    withoutMap: true,
    act: (page) => page.getByRole('button', { name: /^风险/ }).click(),
  },
  { name: 'a search', path: plainPath(), withoutMap: true, act: (page) => page.getByRole('combobox').fill('新') },
  {
    name: 'the export',
    path: plainPath(),
    withoutMap: true,
    act: async (page) => {
      await page.getByRole('button', { name: '导出' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'a phone', path: plainPath(), withoutMap: true, width: 390, height: 760 },
]

/** Violations as the system prefers dark, and then as it prefers light, without a new page. */
async function violationsInBothThemes(page: Page): Promise<Record<string, string>> {
  const dark = await violationsOf(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.waitForFunction(() => window.matchMedia('(prefers-color-scheme: light)').matches)
  return { dark, light: await violationsOf(page, 'colours') }
}

const none = { dark: '', light: '' }

describe('WCAG 2.2 AA, dark and light', () => {
  it.each(states)('holds for $name', async ({ act, ...options }) => {
    const { page } = await open({ ...options, colorScheme: 'dark' })
    await (options.width === 390 ? page.getByRole('button', { name: '导出' }).waitFor() : countShown(page))
    await act?.(page)
    expect(await violationsInBothThemes(page)).toEqual(none)
  })

  it('holds on a phone while the panel still waits for its figures', async () => {
    const { page } = await open({
      path: plainPath(),
      withoutMap: true,
      colorScheme: 'dark',
      width: 390,
      height: 760,
      unanswered: /\/api\/(?!status|session)/,
    })
    await page.getByRole('button', { name: '导出' }).waitFor()
    expect(await violationsInBothThemes(page)).toEqual(none)
  })

  it.each(['dark', 'light'])('holds on the wall, and on the wall at a community, %s', async (theme) => {
    const { page } = await open({ path: `/wall?tour=off&theme=${theme}`, width: 960, height: 540 })
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await violationsOf(page)).toBe('')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('article').waitFor()
    expect(await violationsOf(page)).toBe('')
  })
})
