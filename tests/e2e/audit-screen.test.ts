import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Product } from '../setup/start-product.ts'
import { parametersOf } from './drivers/map-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { accountMenu, giveCode, typeCredentials } from './drivers/sign-in-page.ts'
import { People } from './world/people.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
let people: People
let secret: string
const open = useScreens(() => site.address)

beforeAll(async () => {
  site = await startSite(testTime, { SIGN_IN: 'on' })
  people = await People.of(site)
  await people.add({ login: 'hemei', name: '何梅', roles: ['auditor'], area: 'all' })
  secret = await people.enrol('hemei')
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
})

it('is where auditors begin: searched by keyboard, opened, verified, and exported', async () => {
  const { page, forgive } = await open({ path: '/', colorScheme: 'dark', width: 1280, height: 900 })
  // Before signing in.
  forgive(/401/)
  await typeCredentials(page, 'hemei', 'Wrong-71-lamp')
  await page.getByRole('alert').filter({ hasText: '不正确' }).waitFor()
  await typeCredentials(page, 'hemei')
  await giveCode(page, secret)
  await page.getByRole('heading', { name: '审计日志' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/audit')

  const rows = page.getByRole('row').filter({ has: page.getByRole('button') })
  await rows.filter({ hasText: '生成 · 演示数据' }).waitFor()
  await page.getByLabel('结果').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => parametersOf(page).get('result')).toBe('refused')
  await expect.poll(() => rows.count()).toBe(1)
  expect(await rows.first().innerText()).toMatch(/何梅[^]*登录 · 本人登录[^]*被拒绝[^]*127\.0\.0\.1/)
  const details = rows.first().getByRole('button')
  await details.focus()
  await page.keyboard.press('Enter')
  expect(await details.getAttribute('aria-expanded')).toBe('true')
  await page.getByRole('button', { name: '只看此人' }).press('Enter')
  await expect.poll(() => parametersOf(page).get('actor')).toMatch(/^[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '清除筛选' }).press('Enter')
  await expect.poll(() => rows.count()).toBeGreaterThan(3)

  await page.getByRole('button', { name: '立即核验' }).press('Enter')
  await page.getByText(/由何梅核验：此前的 \d+ 条记录完整/).waitFor()
  await rows.filter({ hasText: '核验 · 审计日志' }).waitFor()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出表格（CSV）' }).press('Enter')
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^审计日志_\d{8}\.csv$/)
  const text = readFileSync(await download.path(), 'utf8')
  expect(text.split('\r\n')[0]).toBe(
    '\uFEFF时间,操作人,操作人类别,操作人编号,身份,客户端地址,操作,对象,对象编号,理由,结果,详情,街道编码,序号',
  )
  expect(text).toContain('被拒绝')
  await rows.filter({ hasText: '导出 · 审计日志' }).waitFor()
  await rows.first().getByRole('button').click()

  for (const lang of ['zh', 'en']) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violationsOf(page), `${lang} ${colorScheme}`).toBe('')
    }
    if (lang === 'zh') await page.getByRole('button', { name: /Switch to English/ }).click()
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  expect(await accountMenu(page).innerText()).toContain('何梅')
})
