import type { ImportSession } from '@minqing/data/domain/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Product } from '../setup/start-product.ts'
import { dropFile } from './drivers/import-page.ts'
import { countShown, parametersOf, plainPath } from './drivers/map-page.ts'
import { mapScript, violationsOf } from './drivers/screen.ts'
import { accountMenu as menu, giveCode, typeCredentials } from './drivers/sign-in-page.ts'
import { password, People } from './world/people.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
let people: People
const open = useScreens(() => site.address)
const area = '990101001'

beforeAll(async () => {
  site = await startSite(testTime, { SIGN_IN: 'on' })
  people = await People.of(site)
  await people.add({ login: 'chenyu', name: '陈宇', roles: ['centre_lead', 'analyst', 'administrator'], area })
  await people.add({ login: 'zhaomin', name: '赵敏', roles: ['centre_lead'], area })
  await people.add({ login: 'sunbo', name: '孙波', roles: ['mediator', 'department', 'supervisor'], area })
  await people.add({ login: 'linan', name: '林安', roles: ['analyst'], area })
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
})

/** Refusals that the tests bring about. */
const refusals = /\b40[13]\b/

describe('signing in', () => {
  it('is asked before anything is shown, says no more of a wrong password than of no account, and needs no mouse', async () => {
    const { page, forgive } = await open({ path: plainPath(), withoutMap: true, colorScheme: 'dark' })
    forgive(refusals)
    await page.getByRole('heading', { name: '登录' }).waitFor()
    const refusedFor = async (login: string) => {
      const answer = page.waitForResponse((response) => response.request().method() === 'POST')
      await typeCredentials(page, login, 'Wrong-71-lamp')
      await answer
      return page.getByRole('alert').innerText()
    }
    const refused = await refusedFor('linan')
    expect(refused).toContain('账号、密码或验证码不正确')
    expect(await refusedFor('nobody')).toBe(refused)
    // The account stays, and the password is what has the focus.
    expect(await page.getByRole('textbox', { name: '账号' }).inputValue()).toBe('nobody')
    expect(await page.evaluate('document.activeElement.type')).toBe('password')
    for (const lang of ['zh', 'en']) {
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violationsOf(page), `${lang} ${colorScheme}`).toBe('')
      }
      if (lang === 'zh') await page.getByRole('button', { name: /Switch to English/ }).click()
    }
    await page.getByRole('textbox', { name: 'Account' }).focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('LINAN')
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /林安 · Analyst/ }).waitFor()
    expect(await countShown(page)).toBeGreaterThan(0)
    expect(parametersOf(page).get('lang')).toBe('en')
  })

  it('enrols a lead’s second factor, shows who acts as what and where, and follows a switch of the role and a sign-out in another tab', async () => {
    const { page, forgive } = await open({ path: plainPath(), withoutMap: true, colorScheme: 'light', width: 1500 })
    forgive(refusals)
    await typeCredentials(page, 'chenyu')
    await page.getByRole('button', { name: '显示二维码' }).click()
    await page.getByRole('img', { name: '用身份验证器应用扫描此二维码' }).waitFor()
    expect(await violationsOf(page)).toBe('')
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
    await giveCode(page, secret)
    await menu(page).waitFor()
    expect(await menu(page).innerText()).toMatch(/陈宇\s*中心负责人 · 望澜街道/)
    expect(await page.getByRole('link', { name: '导入' }).count()).toBe(1)
    await menu(page).click()
    await page.getByRole('link', { name: '我的账号' }).click()
    await page.getByText('当前登录').waitFor()
    expect(await page.getByRole('region', { name: '我能看什么、做什么' }).innerText()).toMatch(
      /电话：脱敏，填写理由后可看明文/,
    )
    expect(await violationsOf(page)).toBe('')
    await page.getByRole('link', { name: '返回地图' }).click()
    await menu(page).waitFor()

    const other = await page.context().newPage()
    await other.route(mapScript, () => undefined)
    await other.goto(`${site.address}${plainPath()}`, { waitUntil: 'commit' })
    await menu(other).waitFor()

    await menu(page).focus()
    await page.keyboard.press('Enter')
    expect(await violationsOf(page)).toBe('')
    await page.getByRole('button', { name: '分析员' }).focus()
    await page.keyboard.press('Enter')
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: /陈宇 · 分析员/ }).waitFor()
      await countShown(tab)
      expect(await tab.getByRole('link', { name: '导入' }).count()).toBe(0)
    }

    await menu(other).click()
    await other.getByRole('button', { name: '退出登录' }).click()
    for (const tab of [other, page]) await tab.getByRole('heading', { name: '登录' }).waitFor()
    expect(await page.getByText('陈宇').count()).toBe(0)
    // The next code: each is good once.
    await typeCredentials(page, 'chenyu')
    await giveCode(page, secret, new Date(Date.now() + 30_000))
    for (const tab of [page, other]) await tab.getByRole('button', { name: /陈宇 · 中心负责人/ }).waitFor()
    await menu(page).click()
    await page.getByRole('button', { name: '系统管理员' }).click()
    await page.getByRole('heading', { name: '此身份不查看地图与事件' }).waitFor()
    expect(await violationsOf(page)).toBe('')
  })

  it('leaves out what a role may not: nothing that is there is refused', async () => {
    const { page, forgive } = await open({ path: plainPath(), withoutMap: true })
    // Before signing in; anything else that is refused fails the test.
    forgive(/401/)
    await typeCredentials(page, 'sunbo')
    for (const [role, hasExport] of [
      ['调解员', 0],
      ['职能部门', 0],
      ['纪检督查', 1],
    ] as const) {
      if (role !== '调解员') {
        await menu(page).click()
        await page.getByRole('button', { name: role, exact: true }).click()
      }
      await page.getByRole('button', { name: new RegExp(`孙波 · ${role}`) }).waitFor()
      expect(await countShown(page)).toBeGreaterThan(0)
      expect(await page.getByRole('button', { name: '导出' }).count()).toBe(hasExport)
      expect(await page.getByRole('link', { name: /导入|大屏/ }).count()).toBe(0)
    }
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByRole('radio').first().waitFor()
    expect(await page.getByRole('radio', { name: /案件数据/ }).count()).toBe(1)
    expect(await page.getByRole('radio', { name: /区域统计/ }).count()).toBe(0)
  })

  it('keeps what was typed when a session ends, and goes on with it', async () => {
    const secret = await people.enrol('zhaomin')
    const { page, forgive } = await open({ path: '/admin/import', width: 390, height: 844 })
    forgive(refusals)
    await typeCredentials(page, 'zhaomin')
    await giveCode(page, secret)
    const row = 'U-1,三楼漏水,114.355,30.664,去年冬天,邻里\n'
    await dropFile(page, '登录.csv', Buffer.from(`流水,情况,经度,纬度,时间,诉求归口\n${row}`))
    await page.getByText('已检查前 1 行，其中 1 行有问题').waitFor()

    await people.leaveUnused('zhaomin')
    // The server holds who has signed in for a second.
    await page.waitForTimeout(1100)
    await page.getByLabel('坐标系').selectOption('gcj02')
    const dialog = page.getByRole('dialog', { name: '请重新登录' })
    await dialog.waitFor()
    expect(await violationsOf(page)).toBe('')
    await page.keyboard.press('Escape')
    expect(await dialog.isVisible()).toBe(true)
    expect(await page.getByRole('textbox', { name: '账号' }).inputValue()).toBe('zhaomin')
    expect(await page.evaluate('document.activeElement.type')).toBe('password')
    await typeCredentials(page, 'zhaomin')
    const saved = page.waitForResponse((response) => response.url().endsWith('/choices') && response.ok())
    await giveCode(page, secret, new Date(Date.now() + 30_000))
    const { choices } = (await (await saved).json()) as ImportSession
    expect(choices).toMatchObject({ crs: 'gcj02' })
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByLabel('坐标系').inputValue()).toBe('gcj02')
  })
})
