import { expect, it } from 'vitest'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('takes a step of a case from its card: what it needs is asked for, and what was entered is recorded', async () => {
  const { page, forgive } = await open({ path: '/', width: 1280, height: 900 })
  const items = await page.request.get(new URL('/api/collections/incidents/items?status=50&limit=1', page.url()).href, {
    headers: { accept: 'application/geo+json' },
  })
  const { features } = (await items.json()) as { features: { properties: { streetCode: string; number: string } }[] }
  const { streetCode, number } = features[0]!.properties
  await page.goto(new URL(`/?selected=incident:${streetCode}-${number}`, page.url()).href)
  await page.getByRole('heading', { name: '办理', exact: true }).waitFor()

  // What has to be given is given before it is sent.
  await page.getByRole('button', { name: '退回', exact: true }).click()
  const back = page.getByRole('form', { name: '退回' })
  await back.getByRole('button', { name: '确认退回' }).click()
  expect(await back.getByLabel('理由').evaluate((element: HTMLInputElement) => element.validity.valueMissing)).toBe(
    true,
  )
  expect(await violationsOf(page)).toBe('')

  await page.getByRole('button', { name: '记录办理情况' }).click()
  const form = page.getByRole('form', { name: '记录办理情况' })
  await form.getByLabel('办理意见').fill('已到现场查看，约定明日协商。')
  // A failure keeps what was entered.
  forgive(/503|Failed to load resource/)
  await page.route('**/steps', (route) => route.fulfill({ status: 503, json: {} }), { times: 1 })
  await form.getByRole('button', { name: '确认记录办理情况' }).click()
  await form.getByRole('alert').waitFor()
  expect(await form.getByLabel('办理意见').inputValue()).toBe('已到现场查看，约定明日协商。')
  await form.getByRole('button', { name: '确认记录办理情况' }).click()
  await page.getByText('已办理：记录办理情况').waitFor()
  await page.getByText('已到现场查看，约定明日协商。').waitFor()
  expect(await form.count()).toBe(0)
})
