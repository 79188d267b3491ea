import { expect, it } from 'vitest'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('shows what has to be done, is used by keyboard, and takes a step of several cases at once', async () => {
  const { page, forgive } = await open({ path: '/tasks?of=all&stage=handling', width: 1440, height: 900 })
  const rows = page.locator('tbody tr')
  await rows.nth(2).waitFor()
  expect(await violationsOf(page)).toBe('')
  const named = rows.locator('[data-open]')
  const numberOf = async (index: number) => /\d{8}-\d+/.exec(await named.nth(index).innerText())![0]
  const [first, second] = [await numberOf(0), await numberOf(1)]

  // Arrows move, space selects, Enter opens.
  await named.nth(0).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByText('已选 2 件').waitFor()
  await page.keyboard.press('Enter')
  const side = page.getByRole('complementary', { name: `事项 ${second}` })
  await side.getByRole('heading', { name: '办理', exact: true }).waitFor()
  expect(page.url()).toContain(`case=`)
  expect(await violationsOf(page)).toBe('')

  // Of two cases one is refused: it stays selected with the reason, and the text is not lost.
  await page.getByRole('button', { name: '催办', exact: true }).click()
  await page.getByLabel('理由').fill('超过办结时限，请今日反馈')
  forgive(/503|Failed to load resource/)
  await page.route(`**/${second}/steps`, (route) => route.fulfill({ status: 503, json: {} }), { times: 1 })
  await page.getByRole('button', { name: '对 2 件确认：催办' }).click()
  await page.getByRole('alert').filter({ hasText: '1 件未办理' }).waitFor()
  await page.getByText('已选 1 件').waitFor()
  expect(await page.getByLabel('理由').inputValue()).toBe('超过办结时限，请今日反馈')
  await page.getByRole('button', { name: '对 1 件确认：催办' }).click()
  await page.getByText('已办理 1 件').waitFor()

  await page.getByRole('button', { name: '督办清单' }).click()
  for (const number of [first, second])
    await rows.filter({ hasText: number }).filter({ hasText: '催办 1 次' }).waitFor()
  expect(await violationsOf(page)).toBe('')

  await page.getByRole('button', { name: '看板' }).click()
  const column = page.getByRole('region', { name: '化解缓解' })
  await column.getByRole('button').first().click()
  await side.or(page.getByRole('complementary')).first().waitFor()
  expect(await violationsOf(page)).toBe('')
})

it('follows a case that is registered elsewhere, and shows what waits for a role', async () => {
  const { page } = await open({ path: '/tasks?stage=intake', width: 390, height: 844 })
  const rows = page.locator('tbody tr')
  await rows.first().waitFor()
  const before = await rows.count()
  const registered = await page.request.post(new URL('/api/incidents', page.url()).href, {
    headers: { origin: new URL(page.url()).origin },
    data: { text: '楼道堆放杂物，夜间摔倒，请协调清理。', address: '望澜路12号' },
  })
  const { number } = (await registered.json()) as { number: string }
  await rows.filter({ hasText: number }).filter({ hasText: '受理' }).waitFor()
  expect(await rows.count()).toBe(before + 1)
  expect(await violationsOf(page)).toBe('')
})
