import type { AreaProfile, IncidentSummary, SearchHit } from '@minqing/data/domain/summary'
import { describe, expect, inject, it } from 'vitest'
import { countShown, mapIdle, numberIn, parametersOf, plainPath } from './drivers/map-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const street = '990101001'

describe('going to places', () => {
  it('goes down to a community and a grid, with each one’s own numbers, and back by the browser', async () => {
    const { page } = await open({ path: plainPath() })
    const profile = await ask<AreaProfile>(site, `/api/areas/${street}`)
    const community = profile.children[0]!
    const panel = page.getByRole('region', { name: '区域面板' })
    await panel.getByRole('button', { name: community.name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: community.name }).waitFor()
    await expect.poll(() => parametersOf(page).get('area')).toBe(community.code)
    const below = await ask<AreaProfile>(site, `/api/areas/${community.code}`)
    const summary = await ask<IncidentSummary>(site, `/api/summary?area=${community.code}`)
    await expect.poll(() => countShown(page)).toBe(summary.total)
    const residents = panel.locator('dt', { hasText: /^人口$/ }).locator('xpath=following-sibling::dd[1]')
    await expect.poll(async () => numberIn(await residents.innerText())).toBe(below.population.residents)

    const grid = below.children[0]!
    await panel.getByRole('button', { name: grid.name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: grid.name }).waitFor()
    await expect.poll(() => parametersOf(page).get('area')).toBe(grid.code)
    const own = await ask<AreaProfile>(site, `/api/areas/${grid.code}`)
    await panel.getByText(own.area.worker!).first().waitFor()
    await panel.getByRole('link', { name: new RegExp(own.area.workerPhone!) }).waitFor()

    await page.goBack()
    await page.getByRole('heading', { level: 1, name: community.name }).waitFor()
    await page.getByRole('navigation').getByRole('button', { name: profile.area.name }).click()
    await page.getByRole('heading', { level: 1, name: profile.area.name }).waitFor()
    await expect
      .poll(() => countShown(page))
      .toBe((await ask<IncidentSummary>(site, `/api/summary?area=${street}`)).total)
  })

  it('takes the map to the place, in the metres of a neighbourhood', async () => {
    const { page } = await open({ path: '/?area=990101001003' })
    await mapIdle(page)
    await expect.poll(() => parametersOf(page).get('at'), { timeout: 180_000 }).toMatch(/^114\.\d+,30\.\d+,1[4-7]/)
    const [lon, lat] = parametersOf(page).get('at')!.split(',').map(Number)
    const { bbox } = await ask<AreaProfile>(site, '/api/areas/990101001003')
    expect(lon).toBeGreaterThan(bbox[0] - 0.01)
    expect(lon).toBeLessThan(bbox[2] + 0.01)
    expect(lat).toBeGreaterThan(bbox[1] - 0.01)
    expect(lat).toBeLessThan(bbox[3] + 0.01)
  })

  it('finds a grid by its code and a case by its number, by keyboard', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true })
    await countShown(page)
    const grids = await ask<AreaProfile>(site, '/api/areas/990101001002')
    const grid = grids.children[1]!
    await page.keyboard.press('/')
    await page.keyboard.type(grid.code)
    // Before the results have arrived: the first of them is opened then.
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: grid.name }).waitFor()
    await expect.poll(() => parametersOf(page).get('area')).toBe(grid.code)

    const number = '20261120-0001'
    const { hits } = await ask<{ hits: SearchHit[] }>(site, `/api/search?q=${number}`)
    await page.keyboard.press('/')
    await page.keyboard.type(number)
    await page.getByRole('option').filter({ hasText: number }).first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => parametersOf(page).get('selected')).toBe(`incident:${hits[0]!.id}`)
    await page.getByText(number).first().waitFor()
  })

  it('opens the list behind a number, and the case behind a row', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true })
    await page
      .getByTitle(/查看超期列表/)
      .first()
      .click()
    const { overdue } = await ask<IncidentSummary>(site, `/api/summary?area=${street}`)
    const rows = page.getByRole('region', { name: '区域面板' }).getByRole('listitem')
    await rows.first().waitFor()
    await page
      .getByText(new RegExp(`${overdue} 件`))
      .first()
      .waitFor()
    await rows.first().getByRole('button').click()
    await expect.poll(() => parametersOf(page).get('selected')).toMatch(/^incident:990101001-/)
    const [streetCode, ...number] = parametersOf(page).get('selected')!.slice('incident:'.length).split('-')
    const found = await ask<{ incident?: { title: string }; title?: string }>(
      site,
      `/api/incidents/${streetCode}/${number.join('-')}`,
    )
    await page
      .getByText(found.incident?.title ?? found.title!)
      .first()
      .waitFor()
  })

  it('is one sheet under a finger on a phone', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true, width: 390, height: 700, touch: true })
    const profile = await ask<AreaProfile>(site, `/api/areas/${street}`)
    await page.getByRole('heading', { name: profile.area.name }).first().waitFor()
    const handle = page.getByRole('button', { name: '面板高度' }).or(page.getByRole('slider', { name: '面板高度' }))
    await handle.first().waitFor()
    const box = await page.getByRole('button', { name: '导出' }).boundingBox()
    expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })
})
