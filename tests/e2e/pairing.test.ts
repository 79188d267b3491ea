import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeAt } from '../../server/accounts/second-factor.ts'
import type { Product } from '../setup/start-product.ts'
import { type Page, violationsOf } from './drivers/screen.ts'
import { password, People } from './world/people.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
let people: People
let secret: string
const open = useScreens(() => site.address)
const street = '990101001'

beforeAll(async () => {
  site = await startSite(testTime, { SIGN_IN: 'on' })
  people = await People.of(site)
  await people.add({ login: 'chenyu', name: '陈宇', roles: ['centre_lead', 'analyst'], area: street })
  secret = await people.enrol('chenyu')
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
})

/** Each code of the second factor is good once. */
async function signIn(page: Page, at = new Date()): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill('chenyu')
  await page.getByLabel(/^密码$/).fill(password)
  await page.keyboard.press('Enter')
  await page.getByLabel('验证码').fill(codeAt(secret, at))
  await page.keyboard.press('Enter')
}

const shownCode = (wall: Page) => wall.getByRole('status', { name: /^(配对码|Code) [A-Z]{4}-[A-Z]{4}$/ })

it('a wall shows a code, is confirmed on a phone, opens its picture, and goes back to a code when it is removed', async () => {
  const wall = await open({ path: '/wall?tour=off', width: 1920, height: 1080, withoutMap: true })
  wall.forgive(/\b401\b/)
  await shownCode(wall.page).waitFor()
  for (const theme of ['dark', 'light']) {
    await wall.page.goto(`${site.address}/wall?tour=off&theme=${theme}`)
    await shownCode(wall.page).waitFor()
    expect(await violationsOf(wall.page, theme === 'dark' ? 'all' : 'colours'), theme).toBe('')
  }
  await wall.page.goto(`${site.address}/wall?tour=off&lang=en`)
  await shownCode(wall.page).waitFor()
  expect(await violationsOf(wall.page)).toBe('')
  const code = (await shownCode(wall.page).innerText()).trim()

  const phone = await open({ path: `/pair#${code}`, width: 390, height: 844, touch: true, withoutMap: true })
  phone.forgive(/\b401\b/)
  await signIn(phone.page)
  await phone.page.getByText('127.0.0.1').waitFor()
  await phone.page.getByText(/Chrome/).waitFor()
  expect(await violationsOf(phone.page)).toBe('')
  // Its own sub-district is chosen already; it is narrowed to a community.
  expect(await phone.page.getByRole('combobox', { name: '街道', exact: true }).inputValue()).toBe(street)
  const communities = phone.page.getByRole('combobox', { name: '社区', exact: true })
  await communities.selectOption({ index: 1 })
  const community = await communities.locator('option:checked').innerText()
  await phone.page.getByLabel('大屏名称').fill('一楼大厅')
  await phone.page.getByRole('button', { name: '确认配对' }).click()
  await phone.page.getByText('“一楼大厅”数秒内自动显示画面').waitFor()
  await wall.page.getByRole('heading', { level: 1, name: new RegExp(community) }).waitFor()

  // It stays paired when it is opened again.
  await wall.page.reload()
  await wall.page.getByRole('heading', { level: 1, name: new RegExp(community) }).waitFor()
  const { walls } = (await (await phone.page.request.get(`${site.address}/api/walls`)).json()) as {
    walls: { id: string; name: string }[]
  }
  expect(walls.map(({ name }) => name)).toEqual(['一楼大厅'])
  await phone.page.request.delete(`${site.address}/api/walls/${walls[0]!.id}`)
  await shownCode(wall.page).waitFor()
})

it('a code is refused on the phone, and a wrong one is no screen’s', async () => {
  const wall = await open({ path: '/wall', width: 1920, height: 1080, withoutMap: true })
  wall.forgive(/\b401\b/)
  await shownCode(wall.page).waitFor()
  const code = (await shownCode(wall.page).innerText()).trim()
  const phone = await open({ path: '/pair', width: 390, height: 844, touch: true, withoutMap: true })
  phone.forgive(/\b40[14]\b/)
  await signIn(phone.page, new Date(Date.now() + 30_000))
  await phone.page.getByRole('textbox', { name: '配对码' }).fill('bbbbbbbb')
  await phone.page.keyboard.press('Enter')
  await phone.page.getByText('没有大屏正在显示这个配对码').waitFor()
  await phone.page.getByRole('textbox', { name: '配对码' }).fill(code.toLowerCase().replace('-', ' '))
  await phone.page.keyboard.press('Enter')
  await phone.page.getByRole('button', { name: '拒绝' }).click()
  await phone.page.getByText('该大屏会显示新的配对码').waitFor()
  await wall.page.getByText('上一次配对已被拒绝').waitFor()
  await expect.poll(async () => (await shownCode(wall.page).innerText()).trim()).not.toBe(code)
})
