/// <reference lib="dom" />
import { incidentStatuses, stageOf } from '@minqing/data/domain/incident-status'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import type { WallHotSpots } from '@minqing/data/domain/wall'
import { describe, expect, inject, it } from 'vitest'
import { coloursOnScreen } from './drivers/picture.ts'
import type { Screen, ScreenOptions } from './drivers/screen.ts'
import { secondsAfterTouch, secondsPerStop } from '../../web/screens/wall/tour.ts'
import { ask, testTime } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const small = { width: 960, height: 540 }
let screen: Screen

async function openWall(options: Partial<ScreenOptions> = {}): Promise<Screen> {
  screen = await open({ path: '/wall', ...small, ...options })
  await screen.page.getByRole('heading', { level: 1 }).waitFor()
  return screen
}

/** Number behind a figure's name in a panel. */
async function figure(panel: string, name: string): Promise<number> {
  const region = screen.page.locator('section', { has: screen.page.getByRole('heading', { name: panel, exact: true }) })
  const term = region.locator('dt', { hasText: new RegExp(`^${name}$`) })
  const text = await term.locator('xpath=following-sibling::dd[1]').innerText()
  return Number(text.replaceAll(/[^\d.-]/g, ''))
}

describe('the wall', () => {
  it('shows the numbers that the API counts, at the server’s time, under the street’s name', async () => {
    await openWall({ path: '/wall?tour=off' })
    const { page } = screen
    const thirtyDays = new Date(testTime.getTime() - 30 * 86_400_000).toISOString()
    const window = `${thirtyDays}/${testTime.toISOString()}`
    const counted = incidentStatuses.filter((status) => status !== '00' && status !== '90').join(',')
    const { streets } = await ask<{ streets: { code: string; name: string }[] }>(site, '/api/status')
    const street = streets[0]!
    const all = await ask<IncidentSummary>(site, `/api/summary?area=${street.code}`)
    const recent = await ask<IncidentSummary>(
      site,
      `/api/summary?area=${street.code}&datetime=${window}&status=${counted}`,
    )
    const profile = await ask<{ population: { residents: number; households: number } }>(
      site,
      `/api/areas/${street.code}`,
    )

    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(`${street.name}综治中心`)
    expect(await page.getByText('演示数据', { exact: true }).isVisible()).toBe(true)
    // The server's clock, in Shanghai, wherever the screen stands.
    const header = await page.locator('header').first().innerText()
    expect(header).toMatch(/14:0[5-9]:\d\d/)
    expect(header).toContain('11月21日 星期六')
    expect(header).toMatch(/数据 \d+ 秒前/)
    expect(await figure('闭环处置', '未结')).toBe(all.open)
    expect(await figure('闭环处置', '超期')).toBe(all.overdue)
    expect(await figure('人口与年龄结构', '实有人口')).toBe(profile.population.residents)
    const handling = all.byStatus.filter(({ status }) => stageOf[status] === 'handling')
    const stage = page.locator('li', { hasText: '化解缓解' })
    expect(Number((await stage.innerText()).replaceAll(/\D/g, ''))).toBe(
      handling.reduce((sum, { count }) => sum + count, 0),
    )
    const types = page.locator('section', { has: page.getByRole('heading', { name: '案件类型', exact: true }) })
    const [first] = recent.byType.toSorted((a, b) => b.count - a.count)
    expect(await types.locator('li').first().innerText()).toContain(String(first!.count))
  })

  it('draws the map with its heat, and says in numbers what the colours mean', async () => {
    await openWall({ path: '/wall?tour=off' })
    const legend = screen.page.getByRole('figure', { name: /件\/公顷/ })
    await legend.waitFor()
    expect(await legend.innerText()).toContain('件/公顷')
    expect(await legend.locator('li').count()).toBeGreaterThanOrEqual(4)
    await expect.poll(() => coloursOnScreen(screen.page, 0.3), { timeout: 180_000 }).toBeGreaterThan(20)
  })

  it('outlines on the heat where significantly more is reported, and names it beside', async () => {
    const { spots } = await ask<WallHotSpots>(site, '/api/wall/hot-spots')
    expect(spots.length).toBeGreaterThan(0)
    await openWall({ path: '/wall?tour=off', width: 3840, height: 1080 })
    const { page } = screen
    const panel = page.locator('section', { has: page.getByRole('heading', { name: '显著聚集处', exact: true }) })
    const rows = spots
      .slice(0, 4)
      .map(({ name, count, expected }) => [name, `${count}`, `${(count / expected).toFixed(1)}倍`])
    await expect.poll(() => panel.locator('li').count()).toBe(rows.length)
    const texts = await panel.locator('li').allInnerTexts()
    expect(texts.map((text) => text.split(/\s+/))).toEqual(rows)
    const legend = page.getByRole('figure', { name: '显著聚集处' })
    await expect.poll(() => legend.count()).toBe(1)
    expect(await legend.innerText()).toContain(spots[0]!.name)
  })

  it('shows no free text and no person', async () => {
    const { features } = await ask<{ features: { properties: { title: string; text: string } }[] }>(
      site,
      '/api/collections/incidents/items?limit=200',
    )
    const texts = features
      .flatMap(({ properties }) => [properties.title, properties.text])
      .filter((text) => text.length > 6)
    expect(texts.length).toBeGreaterThan(100)
    const picture = await (await fetch(new URL('/api/wall', site))).text()
    for (const text of texts) expect(picture).not.toContain(text)
    expect(picture).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)|phone|title|"text"|address|worker"/i)
    await openWall({ path: '/wall?tour=off' })
    expect(await screen.page.locator('body').innerText()).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
  })

  it('goes on to the next community by itself, and shows that community’s numbers', async () => {
    const { page } = await openWall({ clock: true })
    const place = page.getByRole('navigation').locator('b')
    expect(await place.innerText()).toBe('全域')
    const { communities } = await ask<{ communities: { name: string; open: number }[] }>(site, '/api/wall')
    await page.clock.fastForward(secondsPerStop * 1000)
    await place.filter({ hasText: communities[0]!.name }).waitFor()
    const card = page.getByRole('article')
    expect(await card.getByRole('heading').innerText()).toBe(communities[0]!.name)
    const open = card.locator('dt', { hasText: '未结' }).locator('xpath=following-sibling::dd[1]')
    expect(Number(await open.innerText())).toBe(communities[0]!.open)
  })

  it('stays at the whole street with tour=off, and obeys arrows and space', async () => {
    const { page } = await openWall({ path: '/wall?tour=off' })
    const bar = page.getByRole('navigation')
    const { communities } = await ask<{ communities: { name: string }[] }>(site, '/api/wall')
    expect(await bar.getAttribute('data-mode')).toBe('stopped')
    await page.keyboard.press('ArrowRight')
    await bar.getByText(communities[0]!.name).waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await bar.getByText(communities.at(-1)!.name).waitFor()
    expect(await bar.getAttribute('data-mode')).toBe('stopped')
    await page.keyboard.press('Space')
    expect(await bar.getAttribute('data-mode')).toBe('running')
    await page.keyboard.press('Space')
    expect(await bar.getAttribute('data-mode')).toBe('stopped')
  })

  it('leaves the screen to whoever touches it, in targets for a finger, and goes on later', async () => {
    const { page } = await openWall({ touch: true, clock: true })
    const bar = page.getByRole('navigation')
    expect(await bar.getAttribute('data-mode')).toBe('running')
    for (const button of await bar.getByRole('button').all()) {
      const box = await button.boundingBox()
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(60)
    }
    await page.touchscreen.tap(small.width / 2, small.height / 2)
    expect(await bar.getAttribute('data-mode')).toBe('held')
    await page.clock.fastForward((secondsAfterTouch - 5) * 1000)
    expect(await bar.getAttribute('data-mode')).toBe('held')
    await page.clock.fastForward(6_000)
    await expect.poll(() => bar.getAttribute('data-mode')).toBe('running')
  })

  it.each([
    { width: 1920, height: 1080 },
    { width: 3840, height: 1080 },
    { width: 1024, height: 768 },
  ])('is legible and not cut off at $width × $height', async ({ width, height }) => {
    const { page } = await openWall({ path: '/wall?tour=off', width, height })
    const sizes = await page.locator('main').evaluate(measureText)
    expect(sizes.smallest).toBeGreaterThanOrEqual(Math.min(height, (width * 3) / 4) / 60)
    expect(sizes.largest).toBeGreaterThanOrEqual(Math.min(height, (width * 3) / 4) / 22)
    expect(sizes.clipped, 'texts cut off').toEqual([])
    const tables = await page.getByRole('table').filter({ visible: true }).count()
    expect(tables, 'a wide wall has a second column, not a stretched first one').toBe(width / height > 2.3 ? 1 : 0)
  })
})

/** In the page: sizes of the text beside the map, and what is wider than the box it stands in. */
function measureText(root: Element): { smallest: number; largest: number; clipped: string[] } {
  const sizes: number[] = []
  const clipped: string[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement!
    if (node.nodeValue!.trim() === '' || element.closest('canvas, .maplibregl-map') || !element.checkVisibility())
      continue
    const box = element.getBoundingClientRect()
    let list: Element = element
    while (list !== root && getComputedStyle(list).overflow !== 'hidden') list = list.parentElement!
    const frame = list.getBoundingClientRect()
    // Rows that do not fit wrap out of sight on purpose, so that none is cut off.
    if (box.left >= frame.right - 1 || box.top >= frame.bottom - 1) continue
    sizes.push(Number.parseFloat(getComputedStyle(element).fontSize))
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) clipped.push(node.nodeValue!)
    if (box.right > frame.right + 1 || box.bottom > frame.bottom + 1) clipped.push(node.nodeValue!)
  }
  return { smallest: Math.min(...sizes), largest: Math.max(...sizes), clipped }
}
