import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { countShown, loseGraphics, mapIdle, plainPath } from './drivers/map-page.ts'
import { coloursOnScreen } from './drivers/picture.ts'
import { useScreens } from './world/screens.ts'
import { layWire, type Wire } from './world/wire.ts'

let wire: Wire
beforeAll(async () => {
  wire = await layWire(inject('site'))
})
afterAll(() => wire.close())
const open = useScreens(() => wire.address)

/** What draws the map, requested after the first paint. */
const mapScript = /\/assets\/map-view-[^/]*\.js$/

/** Browser and map write down every answer that does not come. */
const networkLoss = /^console: |^uncaught: Failed to fetch/

describe('a lost graphics context', () => {
  it.each(['/', '/wall?tour=off'])('is followed by a new picture on %s', async (path) => {
    const { page, forgive } = await open({ path, width: 960, height: 540 })
    forgive(/WebGL|context/i)
    await mapIdle(page)
    await expect.poll(() => coloursOnScreen(page, 0.3), { timeout: 180_000 }).toBeGreaterThan(20)
    expect(await loseGraphics(page)).toBeGreaterThan(0)
    await page.locator('.maplibregl-map[data-state=idle]').waitFor({ state: 'detached' })
    await mapIdle(page)
    await expect.poll(() => coloursOnScreen(page, 0.3), { timeout: 180_000 }).toBeGreaterThan(20)
  })
})

describe('a lost server', () => {
  it('leaves the wall’s last figures with their time, and the wall recovers by itself', async () => {
    const { page, forgive } = await open({ path: '/wall?tour=off', width: 960, height: 540, clock: true })
    await page.getByText(/数据 \d+ 秒前/).waitFor()
    const shown = await page.locator('dd').first().innerText()
    // The map is still loading: what it cannot load now, it must request again later.
    forgive(networkLoss)
    await wire.cut()
    // The page's clock jumps over its timeouts and the pauses between its requests.
    await page.clock.fastForward(60_000)
    await page.getByText(/数据截至 14:0\d:\d\d · 服务器连接中断/).waitFor({ timeout: 180_000 })
    expect(await page.locator('dd').first().innerText()).toBe(shown)
    await wire.mend()
    await page.clock.fastForward(10_000)
    await page.getByText(/数据 \d+ 秒前/).waitFor({ timeout: 180_000 })
    await mapIdle(page)
    await expect.poll(() => coloursOnScreen(page, 0.3), { timeout: 180_000 }).toBeGreaterThan(20)
  })

  it('is reported on the map page, which still shows its data and continues when the server is back', async () => {
    const { page, forgive } = await open({ path: plainPath(), withoutMap: true, clock: true })
    const count = await countShown(page)
    forgive(networkLoss)
    await wire.cut()
    await page.clock.fastForward(35_000)
    // The page tries twice more before it reports a lost connection.
    const notice = page.getByText(/无法连接服务器/)
    await notice.waitFor({ timeout: 180_000 })
    expect(await countShown(page)).toBe(count)
    await wire.mend()
    await page.clock.fastForward(35_000)
    await notice.waitFor({ state: 'hidden', timeout: 180_000 })
  })

  it('that is away when the wall starts is waited for', async () => {
    const { page, forgive } = await open({ path: '/wall?tour=off', width: 960, height: 540 })
    await page.getByRole('heading', { level: 1 }).waitFor()
    forgive(networkLoss)
    await page.route('**/api/wall*', (route) => route.abort())
    await page.reload({ waitUntil: 'commit' })
    await page.getByText(/无法连接服务器。.*每 5 秒自动重试/).waitFor()
    await page.unroute('**/api/wall*')
    const title = page.getByRole('heading', { level: 1 })
    await expect.poll(() => title.innerText(), { timeout: 180_000 }).toMatch(/综治中心$/)
  })

  it.each(['/', '/wall?tour=off'])(
    'that goes before the map is loaded leaves %s with a map when it is back',
    async (path) => {
      const { page, forgive } = await open({ path, width: 960, height: 540, clock: true })
      await mapIdle(page)
      forgive(networkLoss)
      await page.route(mapScript, (route) => route.abort())
      await page.reload({ waitUntil: 'commit' })
      await page.getByText(/服务器连接中断，地图尚未加载/).waitFor()
      await page.unroute(mapScript)
      await page.clock.fastForward(5000)
      await mapIdle(page)
      expect(await page.getByText(/地图尚未加载/).count()).toBe(0)
    },
  )

  it('does not leave the page without its own font', async () => {
    const { page, forgive } = await open({ path: '/wall?tour=off', width: 960, height: 540 })
    const first = await page.locator('head link[rel=stylesheet]').first().getAttribute('href')
    forgive(networkLoss)
    let lost = 0
    await page.route(/\/index-[^/]*\.css$/, (route) => {
      const isLost =
        !route
          .request()
          .url()
          .endsWith(first ?? '') && lost++ === 0
      return isLost ? route.abort() : route.continue()
    })
    await page.reload()
    const hasFont = () =>
      page.evaluate(() => [...document.fonts].some(({ family }) => family.includes('Noto Sans SC Variable')))
    await expect.poll(hasFont, { timeout: 180_000 }).toBe(true)
    expect(lost).toBeGreaterThan(0)
  })
})
