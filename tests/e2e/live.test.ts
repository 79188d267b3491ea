import type { WallPicture } from '@minqing/data/domain/wall'
import { expect, it } from 'vitest'
import { countShown } from './drivers/map-page.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('shows a case that somebody else registers, and each of its steps, without fetching the columns again', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const before = await countShown(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const api = (path: string) => new URL(`/api${path}`, page.url()).href
  const post = async (path: string, data: object) => {
    const response = await page.request.post(api(path), { data })
    expect(response.ok(), await response.text()).toBe(true)
    return (await response.json()) as { street: string; number: string; sequence: number }
  }
  const { street, number, sequence } = await post('/incidents', { text: '楼上漏水，请协调', accept: true })
  await expect.poll(() => countShown(page)).toBe(before + 1)

  await page.goto(new URL(`/?selected=incident:${street}-${number}`, page.url()).href)
  await page.getByRole('button', { name: '立案研判' }).waitFor()
  const content = { type: 'D02', risk: 'yellow', urgency: '1' }
  await post(`/incidents/${street}/${number}/steps`, { sequence, action: 'classify', content })
  // The card follows: what is next now is to dispatch it.
  await page.getByRole('button', { name: '交办', exact: true }).waitFor()
  // Once for each time that the page was opened.
  expect(asked.filter((path) => path === '/api/incidents/columns').length).toBeLessThanOrEqual(1)
})

it('brings a case to the wall before the wall asks by itself', async () => {
  const { page } = await open({ path: '/wall?tour=off', width: 1920, height: 1080, withoutMap: true, clock: true })
  const shown: number[] = []
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname !== '/api/wall') return
    shown.push(((await response.json()) as WallPicture).open)
  })
  await expect.poll(() => shown.length).toBeGreaterThan(0)
  const before = shown.at(-1)!
  // Time stands still for the page: it asks for the picture every 15 seconds, and for versions every 30.
  await page.clock.pauseAt(new Date((await page.evaluate(() => Date.now())) + 1_000))
  const registered = await page.request.post(new URL('/api/incidents', page.url()).href, {
    data: { text: '路灯不亮', accept: true },
  })
  expect(registered.ok()).toBe(true)
  let passed = 0
  await expect
    .poll(async () => {
      // What has changed is gathered for a second.
      if (passed < 9_000) await page.clock.runFor(1_000)
      passed += 1_000
      return shown.at(-1)
    })
    .toBe(before + 1)
})
