import { expect, it } from 'vitest'
import { countRenders, rendersSince } from './drivers/count-renders.ts'
import { countShown, mapIdle, parametersOf } from './drivers/map-page.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('moving the camera renders no panel, filter or heading of the map page', async () => {
  const { page } = await open({ path: '/?layers=none' })
  const address = page.url()
  // No request of the first page may take the one answer that the next one gets.
  await page.goto('about:blank')
  await countRenders(page, {
    panel: '#panel',
    heading: 'header',
    filters: 'div:has([role=slider]):not(:has(figure, #panel))',
  })
  // Without a second answer the age of the data, which panels show, cannot change on the way.
  let answered = false
  await page.route('**/api/status', async (route) => {
    if (answered) return
    answered = true
    await route.continue()
  })
  await page.goto(address)
  await countShown(page)
  await mapIdle(page)
  await page.locator('figure ol').waitFor()
  const first = await rendersSince(page)
  for (const region of ['panel', 'heading', 'filters']) expect(first[region], region).toBeGreaterThan(0)

  const canvas = page.locator('canvas.maplibregl-canvas')
  await canvas.focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
    const before = parametersOf(page).get('at')
    await canvas.press(key)
    await expect.poll(() => parametersOf(page).get('at')).not.toBe(before)
  }
  await mapIdle(page)
  const { elsewhere = 0, ...panels } = await rendersSince(page)
  expect(panels).toEqual({})
  expect(elsewhere, 'what shows the camera').toBeGreaterThan(0)
})

it('layers are switched in their menu; the address names them only where they differ from the default', async () => {
  const { page } = await open({ path: '/?density=off' })
  await countShown(page)
  await page.getByRole('button', { name: '图层' }).click()
  const facilities = page.getByRole('checkbox', { name: '设施', exact: true })
  expect(await facilities.isChecked()).toBe(false)
  await facilities.click()
  await expect.poll(() => parametersOf(page).get('layers')).toBe('grids,buildings,incidents,facilities,labels')
  await facilities.click()
  await expect.poll(() => parametersOf(page).has('layers')).toBe(false)
  const legend = page.getByText('案件密度（件/公顷）')
  expect(await legend.count()).toBe(0)
  await page.getByText('六边形', { exact: true }).click()
  await legend.waitFor()
  await expect.poll(() => parametersOf(page).get('density')).toBe('hexagon')
})

it('a layer that does not exist is reported, the others are shown', async () => {
  const { page } = await open({ path: '/?density=off&layers=facilities,moon' })
  await page.getByText(/无法识别的参数，已忽略：layers/).waitFor()
  await page.getByRole('button', { name: '图层' }).click()
  expect(await page.getByRole('checkbox', { name: '设施', exact: true }).isChecked()).toBe(true)
  expect(await page.getByRole('checkbox', { name: '建筑', exact: true }).isChecked()).toBe(false)
})

it('Enter on the map opens the area in its middle: the grid, or the community where grids are switched off', async () => {
  for (const [layers, opened] of [
    ['grids', /^990101001009\d{3}$/],
    ['none', /^990101001009$/],
  ] as const) {
    const { page } = await open({ path: `/?density=off&layers=${layers}&at=114.355,30.6642,15.7,0,0` })
    await mapIdle(page)
    const canvas = page.locator('canvas.maplibregl-canvas')
    // Again, until the outlines are there.
    const openedArea = async () => {
      await canvas.press('Enter')
      return parametersOf(page).get('area') ?? ''
    }
    await expect.poll(openedArea).toMatch(opened)
  }
})
