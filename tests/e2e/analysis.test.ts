import { expect, it } from 'vitest'
import { parametersOf } from './drivers/map-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('leads from the map by keyboard to significant hot spots, whose passport, table and map agree', async () => {
  const { page } = await open({ path: '/', colorScheme: 'dark', width: 1280, height: 900 })
  await page.getByRole('link', { name: '分析' }).press('Enter')
  await page.getByText('选择条件后开始分析').waitFor()
  const unit = page.getByLabel('统计单元')
  await unit.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  expect(await unit.inputValue()).toBe('square')
  await page.getByRole('button', { name: '开始分析' }).press('Enter')
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') })
  await rows.first().waitFor()
  expect(parametersOf(page).get('unit')).toBe('square')

  const summary = await page.getByText(/件事件；显著热点/).innerText()
  const hot = Number(/显著热点 (\d+) 个/.exec(summary)?.[1])
  expect(hot).toBeGreaterThan(0)
  expect(await rows.filter({ hasText: /热 9\d%/ }).count()).toBe(hot)
  const href = await page.getByRole('link', { name: '下载结果（GeoJSON）' }).getAttribute('href')
  const result = (await (await page.request.get(new URL(href!, page.url()).href)).json()) as {
    features: { properties: { class: number } }[]
  }
  expect(result.features.filter(({ properties }) => properties.class > 0)).toHaveLength(hot)
  await page.getByText('聚集的显著程度').waitFor()

  await rows.first().getByRole('button').press('Enter')
  await page.getByRole('heading', { name: '热点 1' }).waitFor()
  await page.getByText('办理状态').waitFor()
  expect(parametersOf(page).get('selected')).not.toBeNull()
  await page.getByRole('button', { name: '数值' }).press('Enter')
  await page.getByText('事件数', { exact: true }).last().waitFor()
  expect(await violationsOf(page)).toBe('')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violationsOf(page, 'colours')).toBe('')

  // All of it is in the address.
  await page.reload()
  await page.getByRole('heading', { name: '热点 1' }).waitFor()
})
