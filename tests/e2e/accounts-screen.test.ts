import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeAt } from '../../server/accounts/second-factor.ts'
import type { Product } from '../setup/start-product.ts'
import { countShown, plainPath } from './drivers/map-page.ts'
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
  await people.add({ login: 'zhouyan', name: '周岩', roles: ['administrator'], area: 'all' })
  secret = await people.enrol('zhouyan')
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
})

async function signIn(page: Page, login: string, given: string): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill(login)
  await page.getByLabel(/^密码$/).fill(given)
  await page.keyboard.press('Enter')
}

/** Moves on by the keyboard alone until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(`(() => {
      const { activeElement: on } = document
      return on.getAttribute('aria-label') ?? on.labels?.[0]?.querySelector('span')?.textContent ??
        on.labels?.[0]?.textContent ?? on.textContent
    })()`)
    if (name.test(String(found))) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

it('a person with a role at a community is added by the keyboard alone, signs in, and is refused once disabled', async () => {
  const admin = await open({ path: '/admin/accounts', withoutMap: true, width: 1280, height: 900, colorScheme: 'dark' })
  const { page } = admin
  admin.forgive(/\b401\b/)
  await signIn(page, 'zhouyan', password)
  await page.getByLabel('验证码').fill(codeAt(secret, new Date()))
  await page.keyboard.press('Enter')
  await page.getByRole('rowheader', { name: /周岩/ }).waitFor()
  expect(await violationsOf(page)).toBe('')

  await tabTo(page, /^新增人员$/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('SunLi')
  await tabTo(page, /^姓名$/)
  await page.keyboard.type('孙丽')
  await tabTo(page, /^身份$/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await tabTo(page, /^街道$/)
  // Past “all areas”.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const communities = page.getByRole('combobox', { name: '社区', exact: true })
  await communities.locator('option').nth(1).waitFor({ state: 'attached' })
  await tabTo(page, /^社区$/)
  await page.keyboard.press('ArrowDown')
  const community = await communities.inputValue()
  expect(community).toMatch(new RegExp(`^${street}\\d{3}$`))
  await page.getByRole('img', { name: /望澜街道：\d+ 个单元中有 \d 个在负责区域内/ }).waitFor()
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await violationsOf(page, scheme === 'dark' ? 'all' : 'colours'), scheme).toBe('')
  }
  await tabTo(page, /^保存$/)
  await page.keyboard.press('Enter')
  await page.getByText('已建立账号“SunLi”').waitFor()
  const made = await page.locator('code').innerText()

  const person = await open({ path: plainPath(), withoutMap: true })
  person.forgive(/\b401\b/)
  await signIn(person.page, 'sunli', made)
  await person.page.getByLabel('新密码', { exact: true }).fill(password)
  await person.page.getByLabel('再次输入新密码').fill(password)
  await person.page.keyboard.press('Enter')
  await person.page.getByRole('button', { name: /孙丽 · 社区/ }).waitFor()
  expect(await countShown(person.page)).toBeGreaterThan(0)
  await person.page.goto(`${site.address}/admin/accounts`)
  await person.page.getByText('当前身份不能管理账号').waitFor()

  await tabTo(page, /^完成$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^修改 孙丽$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^停用账号$/)
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: /停用“孙丽”/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('cell', { name: '已停用' }).waitFor()
  await person.page.goto(`${site.address}/`)
  await person.page.getByRole('heading', { name: '登录' }).waitFor()
  await signIn(person.page, 'sunli', password)
  await person.page.getByText('账号、密码或验证码不正确').waitFor()
  expect(await violationsOf(page, 'colours')).toBe('')
})

it('tokens and sign-ins are managed in English as well', async () => {
  const admin = await open({ path: '/admin/accounts?tab=tokens&lang=en', withoutMap: true, colorScheme: 'light' })
  const { page } = admin
  admin.forgive(/\b401\b/)
  await page.getByRole('textbox', { name: 'Account' }).fill('zhouyan')
  await page.getByLabel(/^Password$/).fill(password)
  await page.keyboard.press('Enter')
  await page.getByLabel('Code').fill(codeAt(secret, new Date(Date.now() + 30_000)))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('QGIS')
  await page.getByRole('combobox', { name: 'Role' }).selectOption('analyst')
  await page.getByRole('combobox', { name: 'Sub-district' }).selectOption(street)
  expect(await violationsOf(page)).toBe('')
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByText(/^mq_/).waitFor()
  const authorization = `Bearer ${await page.locator('code').innerText()}`
  const status = async () => (await fetch(new URL('/api/summary', site.address), { headers: { authorization } })).status
  expect(await status()).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Revoke QGIS' }).click()
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('revoked', { exact: true }).waitFor()
  await expect.poll(status).toBe(401)
  await page.getByRole('button', { name: 'Sign-ins' }).click()
  await page.getByText('This one').waitFor()
  expect(await violationsOf(page)).toBe('')
})
