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
