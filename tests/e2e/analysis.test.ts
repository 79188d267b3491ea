import { readFile } from 'node:fs/promises'
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

  await page.getByRole('heading', { name: '总体格局' }).waitFor()
  expect(await page.getByRole('row', { name: /^莫兰指数 I/ }).count()).toBe(1)
  const summary = await page.getByText(/件事件；显著热点/).innerText()
  const hot = Number(/显著热点 (\d+) 个/.exec(summary)?.[1])
  expect(hot).toBeGreaterThan(0)
  expect(await rows.filter({ hasText: /热 9\d%/ }).count()).toBe(hot)
  await page.getByRole('button', { name: '导出结果' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'GeoJSON（地图软件）' }).waitFor()
  expect(await violationsOf(page)).toBe('')
  const coming = page.waitForEvent('download')
  await dialog.getByRole('button', { name: '导出', exact: true }).press('Enter')
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^热点分析_热点（Gi-?）.*\.geojson$/)
  const result = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    features: { properties: { class: number } }[]
  }
  await dialog.getByRole('button', { name: '关闭' }).press('Enter')
  expect(result.features.filter(({ properties }) => properties.class > 0)).toHaveLength(hot)
  await page.getByText('聚集的显著程度').waitFor()

  await rows.first().getByRole('button').press('Enter')
  await page.getByRole('heading', { name: '热点 1' }).waitFor()
  await page.getByText('办理状态').waitFor()
  await page.getByText(/个时期显著（同样长的时期|^新出现：/).waitFor()
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

it('shows how hot spots developed, and the current ones as a layer of the map', async () => {
  const { page } = await open({
    path: '/analysis?method=emerging&unit=grid&measure=rate&reference=single-step&time=2025-11-01/2026-11-01',
    width: 1280,
    height: 900,
  })
  await page.getByText('热点的演变').waitFor()
  await page.getByText('时段数：13').waitFor()
  await page.getByRole('button', { name: '显著程度' }).click()
  await page.getByText('聚集的显著程度').waitFor()

  await page.goto(new URL('/', page.url()).href)
  await page.getByRole('button', { name: '图层' }).click()
  await page.getByLabel('当前热点').check()
  await page.getByText('近 90 天群众反映').waitFor()
  expect(parametersOf(page).get('layers')).toContain('hot-spots')
  expect(await violationsOf(page)).toBe('')
})

it('groups incidents by their positions, tests the groups or says that it did not, and outlines where they are dense', async () => {
  const { page } = await open({
    path: '/analysis?method=clusters&unit=point&type=D02&time=2025-11-01/2026-11-01',
    width: 1280,
    height: 900,
  })
  const summary = await page.getByText(/个聚集区，含/).innerText()
  const [, clusters = '', hot = ''] = /^(\d+) 个聚集区.*其中 (\d+) 个比偶然情况更集中/.exec(summary) ?? []
  expect(Number(hot)).toBeGreaterThan(0)
  const rows = page.getByRole('row').filter({ has: page.getByRole('button', { name: /网格/ }) })
  expect(await rows.filter({ hasText: /热 9\d%/ }).count()).toBe(Number(hot))
  await page.getByLabel('只列显著的单元').uncheck()
  expect(await rows.count()).toBe(Number(clusters))
  await page.getByText('显著程度：已考虑所有聚集区同时检验').waitFor()
  await rows.first().getByRole('button').click()
  await page.getByRole('heading', { name: '热点 1' }).waitFor()
  await page.getByText('办理状态').waitFor()
  expect(await violationsOf(page)).toBe('')

  await page.getByLabel('聚类方法').selectOption('hdbscan')
  await page.getByRole('button', { name: '开始分析' }).click()
  await page.getByText('HDBSCAN 不检验显著性', { exact: false }).waitFor()
  expect(await rows.filter({ hasText: '未检验' }).count()).toBe(await rows.count())

  await page.getByRole('combobox').first().selectOption('density')
  await page.getByRole('button', { name: '开始分析' }).click()
  await page.getByText(/处比偶然情况更密/).waitFor()
  await page.getByText('每公顷事件数', { exact: true }).last().waitFor()
  await page.getByRole('button', { name: '显著程度' }).click()
  await page.getByText('密度超出偶然的地方').waitFor()

  await page.getByRole('combobox').first().selectOption('near-repeat')
  await page.getByRole('button', { name: '开始分析' }).click()
  await page.getByRole('heading', { name: '近重复' }).waitFor()
  expect(await page.getByRole('cell').count()).toBe(16)
  expect(await violationsOf(page)).toBe('')
})

it('tells silent areas from calm ones, and asks for nothing that the method does not take', async () => {
  const { page } = await open({ path: '/analysis', width: 1280, height: 900 })
  await page.getByLabel('方法').selectOption('silence')
  expect(await page.getByLabel('统计对象').count()).toBe(0)
  expect(await page.getByLabel('邻域半径（米）').count()).toBe(0)
  await page.getByRole('button', { name: '开始分析' }).click()
  const summary = await page.getByText(/件反映，合为/).innerText()
  const [, units, silent, unknown] = /^(\d+) 个单元.*沉默 (\d+) 个，说不准 (\d+) 个/.exec(summary) ?? []
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') })
  expect(await rows.count()).toBe(Number(units))
  expect(await rows.filter({ hasText: '沉默' }).count()).toBe(Number(silent))
  expect(await rows.filter({ hasText: '说不准' }).count()).toBe(Number(unknown))
  await page.getByText('居民反映的情况').waitFor()
  await rows.last().getByRole('button').click()
  await page.getByText('办理状态').waitFor()
  await page.getByRole('button', { name: '数值', exact: true }).click()
  await page.getByText('估计反映出来的比例（0 至 1）').waitFor()
  expect(await violationsOf(page)).toBe('')
})
