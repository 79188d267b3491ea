import type { Figures } from '@minqing/data/domain/figure-answers'
import { expect, inject, it } from 'vitest'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('shows a month, takes another period and opens the cases of a number', async () => {
  const { page } = await open({ path: '/figures?from=2026-10-01&to=2026-10-31', width: 1280, height: 900 })
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name }) })
  await row('“按期结案率”').waitFor()
  expect(await violationsOf(page)).toBe('')

  // Its sentence, the counts that it is made of, and what it is compared with in words.
  await page.getByRole('button', { name: '“按期结案率”的口径' }).click()
  await page.getByText('与“结案率”同一批事件，结案时间不晚于办结时限的占比。').waitFor()
  expect(await row('“按期结案率”').innerText()).toMatch(/^按期结案率\s+[\d.]+%\s+\d+\s*\/\s*\d+\s+[↑↓] (上升|下降)/)
  const response = await fetch(
    new URL('/api/figures?area=990101001&from=2026-10-01&to=2026-10-31', inject('site')).href,
  )
  const { current } = (await response.json()) as Figures
  const due = current.find(({ figure }) => figure === 'due_on_time')
  expect(await row('“按期结案率”').getByRole('link').allInnerTexts()).toEqual([
    String(due?.numerator),
    String(due?.denominator),
  ])

  await page.getByRole('combobox', { name: '时段', exact: true }).selectOption({ label: '自定时段' })
  await page.getByLabel('到', { exact: true }).fill('2026-10-15')
  await page.getByText(/^2026-10-01 至 2026-10-15，/).waitFor()
  expect(new URL(page.url()).searchParams.get('to')).toBe('2026-10-15')
  await page.getByRole('combobox', { name: '分组', exact: true }).selectOption({ label: '按渠道' })
  const groups = page.getByRole('group', { name: '分组对比' })
  await groups.getByRole('rowheader', { name: '12345热线' }).waitFor()
  await groups.getByRole('button', { name: '办结率' }).click()
  expect(await groups.getByRole('columnheader', { name: '办结率' }).getAttribute('aria-sort')).toBe('descending')

  const accepted = groups
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: '12345热线' }) })
    .getByRole('link', { name: /受理件/ })
  const count = Number(await accepted.innerText())
  await accepted.click()
  await page.getByRole('heading', { name: '受理件 · 期内受理' }).waitFor()
  await page.getByText('望澜街道 · 12345热线 · 2026-10-01 至 2026-10-15').waitFor()
  await page.getByText(new RegExp(`共 ${count} 件|已列出 50 件`)).waitFor()
  const list = page.getByRole('group', { name: '清单' })
  expect(await list.getByRole('rowheader').count()).toBe(Math.min(count, 50))
  expect(await violationsOf(page)).toBe('')

  // The list has an address; “back” returns to the figures.
  await page.reload()
  await page.getByRole('heading', { name: '受理件 · 期内受理' }).waitFor()
  await page.goBack()
  await groups.getByRole('rowheader', { name: '12345热线' }).waitFor()
})

it('shows the communities of a month, and opens what is overdue in one', async () => {
  const { page } = await open({ path: '/figures?from=2026-10-01&to=2026-10-31', width: 1280, height: 900 })
  const board = page.getByRole('group', { name: '社区月度看板 2026-10' })
  const late = board.getByRole('row').filter({ hasText: '有超期件' }).first()
  await late.waitFor()
  const name = await late.getByRole('rowheader').innerText()
  const overdue = late.getByRole('link', { name: /超期件/ })
  const count = Number(await overdue.innerText())
  expect(count).toBeGreaterThan(0)
  await overdue.click()
  await page.getByText(`${name} · 2026-10-01 至 2026-10-31`).waitFor()
  await page.getByText(`共 ${count} 件，已全部列出。`).waitFor()
})

it('shows the four first times with their medians beside the shares that the other rows have', async () => {
  const { page } = await open({ path: '/figures?from=2026-10-01&to=2026-10-31', width: 1280, height: 900 })
  const times = page.getByRole('group', { name: '四个第一时间' })
  const response = times.getByRole('row').filter({ hasText: '第一时间响应' })
  await response.waitFor()
  expect(await times.getByRole('rowheader').allInnerTexts()).toEqual([
    '第一时间受理',
    '第一时间响应',
    '第一时间化解',
    '第一时间回访',
  ])
  const answer = await fetch(new URL('/api/figures?area=990101001&from=2026-10-01&to=2026-10-31', inject('site')).href)
  const { current } = (await answer.json()) as Figures
  const { numerator, denominator } = current.find(({ figure }) => figure === 'response')!
  expect(await response.getByRole('link').allInnerTexts()).toEqual([String(numerator), String(denominator)])
  const accepted = times.getByRole('row').filter({ hasText: '第一时间受理' })
  const { median } = current.find(({ figure }) => figure === 'acceptance')!
  // Below it stands that of the period before.
  const [shown = ''] = (await accepted.getByRole('cell').nth(2).innerText()).split('\n')
  const [amount = '', unit = ''] = shown.split(' ')
  const length = new Map([
    ['分钟', 1],
    ['小时', 60],
    ['天', 24 * 60],
  ]).get(unit)!
  // As it is shown, to a tenth.
  expect(Math.abs(Number(amount) * length - median!)).toBeLessThanOrEqual(0.051 * Math.max(length, 10))
})

it('shows the figures as they were known, on a phone and in the light theme too', async () => {
  const { page } = await open({
    path: '/figures?from=2026-10-01&to=2026-10-31&asOf=2026-10-15T08:00',
    width: 390,
    height: 844,
    touch: true,
    colorScheme: 'light',
  })
  await page.getByText('2026-10-01 至 2026-10-15，按 2026年10月15日 08:00 所知').waitFor()
  expect(await page.getByLabel('按当时所知').inputValue()).toBe('2026-10-15T08:00')
  expect(await violationsOf(page)).toBe('')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
