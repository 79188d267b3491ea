import { defaultClockSettings, timeLimitsOf } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { homeDay } from '@minqing/data/domain/instant'
import type { Registered } from '@minqing/data/domain/intake'
import { expect, inject, it, onTestFinished } from 'vitest'
import { plainPath } from './drivers/map-page.ts'
import { type Page, violationsOf } from './drivers/screen.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()
const street = '990101001'
const path = `/api/clocks/${street}`

const settings = () => ask<CurrentClockSettings>(inject('site'), path)

async function put(change: (settings: CurrentClockSettings['settings']) => CurrentClockSettings['settings']) {
  const current = await settings()
  const response = await fetch(new URL(path, inject('site')), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: current.version, settings: change(current.settings) }),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** Other tests look at cases of the same street. */
const putDefaults = () => put(() => defaultClockSettings)

/** A dispute that is registered and accepted now. */
async function register(): Promise<Registered> {
  const response = await fetch(new URL('/api/incidents', inject('site')), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ street, text: '邻里噪音，多次沟通无果', type: 'D02', accept: true }),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Registered
}

async function dueOf({ number }: Registered): Promise<string> {
  const { clocks } = await ask<LoopState>(inject('site'), `/api/incidents/${street}/${number}/loop`)
  return clocks.find(({ node }) => node === 'resolve')!.dueAt
}

const disputes = '办结 · 矛盾纠纷的时限'
const dayOn = (page: Page, date: string) => page.locator(`[data-date="${date}"]`)

it('follows a limit that was edited and a holiday that was added', async () => {
  onTestFinished(putDefaults)
  const { page } = await open({ path: '/clocks', width: 1280, height: 900 })
  await page.getByLabel(disputes, { exact: true }).fill('2')
  const before = Date.parse((await register()).reportedAt)
  // The working days after the one on which cases are registered now.
  const { calendar } = timeLimitsOf(defaultClockSettings)
  const [first, , third] = [1, 2, 3].map((days) => calendar.afterWorkdays(before, days))
  const holiday = homeDay(new Date(first!))
  for (let year = await shownYear(page); year < Number(holiday.slice(0, 4)); year++)
    await page.getByRole('button', { name: '下一年' }).click()
  await dayOn(page, holiday).click()
  await expect.poll(() => dayOn(page, holiday).getAttribute('aria-label')).toMatch(/放假$/)

  // The example is computed by what has not been saved yet.
  const at = new Date(before + 8 * 3_600_000).toISOString().slice(0, 16)
  await page.getByLabel('登记时间').fill(at)
  const due = new Date(third!)
  const shown = new Intl.DateTimeFormat('zh', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' }).format(
    due,
  )
  await page.getByText(new RegExp(`办结.*${shown.replace('/', '月')}日 17:30 .*前`)).waitFor()

  const save = page.getByRole('region', { name: '保存' })
  expect(await save.innerText()).toMatch(
    /2 处修改尚未保存[\s\S]*办结 · 矛盾纠纷：15 个工作日 → 2 个工作日[\s\S]*平日 → 放假/,
  )
  expect(await dueOf(await register())).not.toBe(due.toISOString())
  await save.getByRole('button', { name: '保存' }).click()
  await page.getByText(/^已保存为第 \d+ 版。$/).waitFor()

  const made = await register()
  expect(await dueOf(made)).toBe(due.toISOString())
  const card = await open({ path: plainPath(`selected=incident:${street}-${made.number}`), withoutMap: true })
  await card.page.getByText(new RegExp(`办结.*17:30`)).first().waitFor()
})

async function shownYear(page: Page): Promise<number> {
  const text = await page.getByRole('heading', { name: /^\d{4} 年$/ }).innerText()
  return Number(text.slice(0, 4))
}

it('loses nothing where somebody else was first, and goes on from what they changed', async () => {
  onTestFinished(putDefaults)
  const { page, forgive } = await open({ path: '/clocks', width: 1280, height: 900 })
  forgive(/409/)
  await page.getByLabel(disputes, { exact: true }).fill('9')
  await put(({ rules, calendar }) => ({
    rules: rules.map((rule) => (rule.node === 'verify' ? { ...rule, amount: 7 } : rule)),
    calendar,
  }))
  const save = page.getByRole('region', { name: '保存' })
  await save.getByRole('button', { name: '保存' }).click()
  const alert = save.getByRole('alert')
  await alert.filter({ hasText: '中心负责人已于' }).waitFor()
  expect(await page.getByLabel(disputes, { exact: true }).inputValue()).toBe('9')
  await alert.getByRole('button').click()
  await save.getByText(/您的修改仍在/).waitFor()
  expect(await page.getByLabel('核查的时限', { exact: true }).inputValue()).toBe('7')
  await save.getByRole('button', { name: '保存' }).click()
  await page.getByText(/^已保存为第 \d+ 版。$/).waitFor()
  const { rules } = (await settings()).settings
  const amounts = rules.filter(({ node, category }) => node === 'verify' || (node === 'resolve' && category === 'E01'))
  expect(amounts.map(({ node, amount }) => [node, amount])).toEqual([
    ['resolve', 9],
    ['verify', 7],
  ])
})

it('can be used by keyboard in both themes, and says what cannot be saved', async () => {
  const { page } = await open({ path: '/clocks', width: 1280, height: 900, colorScheme: 'dark' })
  await page.getByLabel(disputes, { exact: true }).waitFor()
  expect(await violationsOf(page)).toBe('')
  // One day of the calendar takes the keyboard; arrow keys move on.
  const current = page.locator('[data-date][tabindex="0"]')
  expect(await current.count()).toBe(1)
  await page.getByRole('button', { name: '下一年' }).click()
  await current.focus()
  expect(await current.getAttribute('data-date')).toMatch(/-01-01$/)
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  expect(await current.getAttribute('data-date')).toMatch(/-01-15$/)
  await expect.poll(() => current.getAttribute('data-kind')).toMatch(/^(holiday|workday)$/)

  // A notice from a file, and one that is at fault.
  const file = page.locator('input[type=file]')
  const load = (text: string) =>
    file.setInputFiles({ name: '放假.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await load('日期,类型,名称\n2031-01-01,放假,元旦\n2031-01-04,调休,元旦')
  await page.getByText('已载入：2031 年放假 1 天、调休上班 1 天。保存后生效。').waitFor()
  expect(await dayOn(page, '2031-01-04').getAttribute('data-kind')).toBe('workday')
  await load('2032-01-01,放假,元旦\n2032-01-01,放假,元旦')
  await page.getByRole('alert').filter({ hasText: '第 2 行：2032-01-01 出现两次' }).waitFor()

  await page.getByRole('button', { name: '为“签收”添加一条时限' }).click()
  await page.getByLabel('签收 · 矛盾纠纷的时限', { exact: true }).fill('')
  await page.getByText('“签收 · 矛盾纠纷”没有填写时限。请填写大于 0 的整数').waitFor()
  const save = page.getByRole('region', { name: '保存' })
  expect(await save.getByRole('button', { name: '保存' }).isDisabled()).toBe(true)
  expect(await violationsOf(page)).toBe('')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.waitForFunction(() => window.matchMedia('(prefers-color-scheme: light)').matches)
  expect(await violationsOf(page, 'colours')).toBe('')
  await save.getByRole('button', { name: '放弃修改' }).click()
  await save.getByRole('button', { name: '确定' }).click()
  await save.getByText('没有修改').waitFor()
  expect(await page.getByLabel('签收 · 矛盾纠纷的时限', { exact: true }).count()).toBe(0)
})
