import type { ImportSession } from '@minqing/data/domain/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeAt } from '../../server/accounts/second-factor.ts'
import type { Product } from '../setup/start-product.ts'
import { countShown, plainPath } from './drivers/map-page.ts'
import { mapScript, type Page, violationsOf } from './drivers/screen.ts'
import { password, People } from './world/people.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
let people: People
const open = useScreens(() => site.address)

beforeAll(async () => {
  site = await startSite(testTime)
  people = await People.of(site)
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
})

const menu = (page: Page, who: string) => page.getByRole('button', { name: new RegExp(`^账号：${who}`) })

async function viewAs(page: Page, role: string): Promise<void> {
  await menu(page, '演示').click()
  await page.getByRole('button', { name: role, exact: true }).click()
  await menu(page, `演示 · ${role}`).waitFor()
}

/** A grid of another sub-district than the demo's, over the API. */
async function importRealData(): Promise<void> {
  const square = '"POLYGON ((114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60))"'
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${site.address}/api/imports${path}`, init)
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as ImportSession
  }
  const { id } = await send('', {
    method: 'POST',
    headers: { 'content-disposition': "attachment; filename*=UTF-8''%E7%BD%91%E6%A0%BC.csv" },
    body: `网格编码,名称,wkt\n420102012001001,一网格,${square}\n`,
  })
  await send(`/${id}/run`, { method: 'POST' })
  // Until nobody is let in any more, which the end of the import brings about.
  await expect
    .poll(async () => (await fetch(`${site.address}/api/imports/${id}`)).status, { timeout: 60_000 })
    .toBe(401)
}

describe('the first minutes', () => {
  it('show the map without a question, and to each role what it may see', async () => {
    const { page } = await open({ path: plainPath(), withoutMap: true, colorScheme: 'light', width: 1500 })
    await menu(page, '演示 · 中心负责人').waitFor()
    const all = await countShown(page)
    expect(all).toBeGreaterThan(0)
    await menu(page, '演示').click()
    await page.getByText('建立第一个账号后演示结束').waitFor()
    expect(await violationsOf(page)).toBe('')
    await page.keyboard.press('Escape')
    for (const [role, share] of [
      ['网格员', 0.5],
      ['社区', 0.9],
      ['分析员', 1],
    ] as const) {
      await viewAs(page, role)
      await expect.poll(() => countShown(page)).toBeLessThanOrEqual(all * share)
      expect(await countShown(page)).toBeGreaterThan(0)
      expect(await page.getByRole('link', { name: '导入' }).count()).toBe(0)
    }
    for (const role of ['系统管理员', '大屏']) {
      await viewAs(page, role)
      await page.getByRole('heading', { name: '此身份不查看地图与事件' }).waitFor()
    }
    await page.getByRole('link', { name: '打开大屏' }).waitFor()
    expect(await violationsOf(page)).toBe('')
    await viewAs(page, '审计员')
    await page.getByRole('heading', { name: '审计日志', level: 1 }).waitFor()
    await viewAs(page, '中心负责人')
    await page.goto(`${site.address}${plainPath()}`, { waitUntil: 'commit' })
    await expect.poll(() => countShown(page)).toBe(all)
  })

  it('say of a page that the role may not use so, with a way on', async () => {
    const { page, forgive } = await open({ path: '/', withoutMap: true })
    // The wall asks first, and is refused.
    forgive(/\b403\b/)
    await viewAs(page, '网格员')
    for (const path of ['/admin/import', '/wall']) {
      await page.goto(`${site.address}${path}`, { waitUntil: 'commit' })
      await page.getByRole('heading', { name: '“网格员”身份不能使用此页面' }).waitFor()
      expect(await violationsOf(page)).toBe('')
      await page.getByRole('link', { name: '返回地图' }).waitFor()
    }
    await page.goto(`${site.address}/admin/import`, { waitUntil: 'commit' })
    await viewAs(page, '中心负责人')
    await page.getByRole('button', { name: '选择文件' }).waitFor()
  })

  it('end with real data: a one-time link makes the first account, which goes on to the map', async () => {
    const path = plainPath('area=990101001')
    const { page, forgive } = await open({ path, withoutMap: true, colorScheme: 'dark' })
    forgive(/\b40[13]\b/)
    await menu(page, '演示 · 中心负责人').waitFor()
    await importRealData()
    await page.reload({ waitUntil: 'commit' })
    await page.getByRole('heading', { name: '建立第一个账号' }).waitFor()
    expect(await violationsOf(page)).toBe('')

    const link = await people.firstLink()
    const other = await page.context().newPage()
    await other.route(mapScript, () => undefined)
    await other.goto(`${site.address}${link}`, { waitUntil: 'commit' })
    const field = (name: string) => other.getByLabel(name, { exact: true })
    await field('姓名').fill('周海')
    await field('账号').fill('zhouhai')
    await field('密码').fill(password)
    await field('再次输入密码').fill('Tide-72-lamp')
    await other.keyboard.press('Enter')
    await other.getByText('两次输入的密码不一致').waitFor()
    expect(await violationsOf(other)).toBe('')
    await field('再次输入密码').fill(password)
    await other.keyboard.press('Enter')
    await other.getByRole('button', { name: '显示二维码' }).click()
    const secret = (await other.locator('code').innerText()).replaceAll(' ', '')
    await other.getByLabel('验证码').fill(codeAt(secret, new Date()))
    await other.keyboard.press('Enter')
    // Both go on: the page that was open before, and the one of the link.
    for (const tab of [other, page]) await menu(tab, '周海 · 中心负责人').waitFor()
    expect(new URL(other.url()).pathname).toBe('/')
    // Where it was.
    expect(new URL(page.url()).searchParams.get('area')).toBe('990101001')
    expect(await countShown(page)).toBeGreaterThan(0)
    await menu(page, '周海').click()
    expect(await page.getByText('演示 · 以…身份查看').count()).toBe(0)
    expect(await page.getByRole('group', { name: '以…身份查看' }).getByRole('button').allInnerTexts()).toEqual([
      '中心负责人',
      '系统管理员',
    ])

    // The link has been used up, and who has no account is asked for one.
    const stranger = await open({ path: link, withoutMap: true })
    stranger.forgive(/\b40[13]\b/)
    const used = (name: string) => stranger.page.getByLabel(name, { exact: true })
    for (const name of ['姓名', '账号']) await used(name).fill('wuming')
    for (const name of ['密码', '再次输入密码']) await used(name).fill(password)
    await stranger.page.keyboard.press('Enter')
    await stranger.page.getByText('已经建立过账号').waitFor()
    await stranger.page.goto(`${site.address}/`, { waitUntil: 'commit' })
    await stranger.page.getByRole('heading', { name: '登录' }).waitFor()
  })
})
