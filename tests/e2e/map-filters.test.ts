import type { IncidentSummary } from '@minqing/data/domain/summary'
import { describe, expect, inject, it } from 'vitest'
import { countShown, numberIn, parametersOf, plainPath, toggleChoice } from './drivers/map-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()

/** The server's own count of what the address says. */
async function counted(parameters: URLSearchParams): Promise<IncidentSummary> {
  const asked = new URLSearchParams({ area: parameters.get('area') ?? '990101001' })
  for (const name of ['type', 'channel', 'status', 'risk']) {
    const value = parameters.get(name)
    if (value !== null) asked.set(name, value)
  }
  const time = parameters.get('time')
  const instant = (end: string) => (end === '..' ? end : `${end}T00:00:00+08:00`)
  if (time !== null) asked.set('datetime', time.split('/').map(instant).join('/'))
  return ask<IncidentSummary>(site, `/api/summary?${asked}`)
}

describe('filters', () => {
  it('act on the count, the figures and the address at once, as the server counts', async () => {
    const { page } = await open({ path: plainPath() })
    const all = await counted(new URLSearchParams())
    expect(await countShown(page)).toBe(all.total)

    await toggleChoice(page, '类型', /^物业/)
    await expect.poll(() => parametersOf(page).get('type')).toBe('D14')
    const property = await counted(parametersOf(page))
    expect(property.total).toBeLessThan(all.total)
    await expect.poll(() => countShown(page)).toBe(property.total)

    await toggleChoice(page, '风险', /重大/)
    await expect.poll(() => parametersOf(page).get('risk')).toBe('red')
    const red = await counted(parametersOf(page))
    await expect.poll(() => countShown(page)).toBe(red.total)

    await page.getByRole('button', { name: '近一年' }).click()
    await expect.poll(() => parametersOf(page).get('time')).toMatch(/^2025-11-\d\d\/2026-11-22$/)
    const year = await counted(parametersOf(page))
    await expect.poll(() => countShown(page)).toBe(year.total)
    const panel = page.getByRole('region', { name: '区域面板' })
    const overdue = panel.getByText('超期', { exact: true }).first().locator('..')
    expect(numberIn(await overdue.innerText())).toBe(year.overdue)
  })

  it('come from the address, and unknown values in a link are reported', async () => {
    const { page } = await open({
      path: plainPath('type=E01&status=10,20,30,40,50&risk=orange,purple'),
      withoutMap: true,
    })
    const summary = await counted(new URLSearchParams('type=E01&status=10,20,30,40,50&risk=orange'))
    await expect.poll(() => countShown(page)).toBe(summary.total)
    await page.getByText(/无法识别的参数，已忽略：.*risk/).waitFor()
  })

  it('count what residents reported alone by one choice, under one name in the address', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true })
    await toggleChoice(page, '渠道', /^群众反映/)
    await expect.poll(() => parametersOf(page).get('channel')).toBe('reported')
    const reported = await counted(parametersOf(page))
    await expect.poll(() => countShown(page)).toBe(reported.total)
    expect(reported.total).toBeLessThan((await counted(new URLSearchParams())).total)
  })

  it('are set and cleared with the keyboard alone', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true })
    const all = await countShown(page)
    await page.getByRole('button', { name: '渠道' }).focus()
    await page.keyboard.press('Enter')
    const first = page.getByRole('checkbox').first()
    await first.focus()
    await page.keyboard.press('Space')
    await expect.poll(() => parametersOf(page).get('channel')).not.toBeNull()
    const some = await counted(parametersOf(page))
    await expect.poll(() => countShown(page)).toBe(some.total)
    expect(some.total).toBeLessThan(all)
    await page.keyboard.press('Space')
    await expect.poll(() => countShown(page)).toBe(all)
  })

  it('leave a sentence and a way back where nothing is left', async () => {
    const { page } = await open({ path: plainPath('type=E10&risk=red&status=15&list=all'), withoutMap: true })
    await expect.poll(() => countShown(page)).toBe((await counted(parametersOf(page))).total)
    expect(await countShown(page)).toBe(0)
    await page
      .getByRole('region', { name: '区域面板' })
      .getByRole('button', { name: /清除|重置|取消/ })
      .click()
    await expect.poll(() => countShown(page)).toBe((await counted(new URLSearchParams())).total)
  })
})
