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
