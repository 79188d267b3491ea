import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { expect, inject, it } from 'vitest'
import { countShown, numberIn, parametersOf, plainPath, toggleChoice } from './drivers/map-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const street = '990101001'
/** A summer before the time of the tests. */
const minute = '2026-07-01T08:30'
const asOf = '2026-07-01T08:30:00+08:00'

const counted = (more = '') =>
  ask<IncidentSummary>(site, `/api/summary?area=${street}&asOf=${encodeURIComponent(asOf)}${more}`)

it('shows a street as it was known at an instant, and goes back to now', async () => {
  const now = await ask<IncidentSummary>(site, `/api/summary?area=${street}`)
  const known = await counted()
  expect(known.total).toBeGreaterThan(100)
  expect(known.total).toBeLessThan(now.total)
  const { page } = await open({ path: plainPath() })
  expect(await countShown(page)).toBe(now.total)

  await page.getByRole('button', { name: '当时所知' }).click()
  await page.getByLabel('按当时所知').fill(minute)
  await page.keyboard.press('Enter')
  await expect.poll(() => parametersOf(page).get('asOf')).toBe(minute)
  await expect.poll(() => countShown(page)).toBe(known.total)
  await page.keyboard.press('Escape')
  const panel = page.getByRole('region', { name: '区域面板' })
  const figure = async (name: string) =>
    numberIn(await panel.getByText(name, { exact: true }).first().locator('..').innerText())
  await expect.poll(() => figure('超期')).toBe(known.overdue)
  expect(await violationsOf(page)).toBe('')

  // Filters act on what was known.
  await toggleChoice(page, '状态', new RegExp(`^${incidentStatusLabels['50'].zh}`))
  const handled = await counted('&status=50')
  expect(handled.total).toBeGreaterThan(0)
  await expect.poll(() => countShown(page)).toBe(handled.total)

  // A case of the list has the state that it had, and no step to take; its page shows the same.
  await page.locator('button:has([role=status] strong)').click()
  await panel.getByRole('listitem').first().getByRole('button').click()
  await panel.getByText(incidentStatusLabels['50'].zh, { exact: true }).first().waitFor()
  const times = await panel.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))
  expect(times.length).toBeGreaterThan(0)
  for (const time of times) expect(Date.parse(time)).toBeLessThanOrEqual(Date.parse(asOf))
  await panel.getByRole('link', { name: '案件详情与材料' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toContain('/incident/')
  expect(await page.getByLabel('按当时所知').inputValue()).toBe(minute)
  await page.goBack()

  await page.getByRole('button', { name: /移除筛选：.*所知$/ }).click()
  const handledNow = await ask<IncidentSummary>(site, `/api/summary?area=${street}&status=50`)
  await expect.poll(() => countShown(page)).toBe(handledNow.total)
})

it('says that all streets together are not shown so', async () => {
  const screen = await open({ path: `/?area=all&asOf=${minute}`, withoutMap: true })
  screen.forgive(/\b400\b/)
  await screen.page.getByText('只能用于一个街道').waitFor()
  expect(await screen.page.locator('button [role=status]').count()).toBe(0)
})
