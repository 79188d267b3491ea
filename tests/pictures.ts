import { mapIdle } from './e2e/drivers/map-page.ts'
import type { Page } from './e2e/drivers/screen.ts'

/** One picture to take: of what, how large, and what a person would do first. */
export type Picture = {
  name: string
  path: string
  width: number
  height: number
  act?: (page: Page) => Promise<void>
  /** Makes a file, which is taken instead of the screen; gives its path. */
  file?: (page: Page) => Promise<string>
  /** The README shows it in this theme under this name. */
  readme?: { file: string; theme: 'dark' | 'light' }
}

const desktop = { width: 1440, height: 900 }
const station = '990101001008'
const analysed = 'time=2025-11-23/2026-11-22'
const recent = 'time=2026-08-23/2026-11-22'

const resultIsThere = (page: Page) => page.getByText(/件事件；显著热点/).waitFor({ timeout: 120_000 })

/** Prints what is shown as a picture, at the resolution of screens. */
async function printed(page: Page, button: string, sheet: string): Promise<string> {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('纸张').selectOption({ label: sheet })
  await dialog.getByLabel('格式').selectOption({ label: 'PNG 图片' })
  await dialog.getByLabel('分辨率').selectOption({ label: '96 dpi' })
  await dialog.getByRole('img', { name: '版面预览' }).waitFor()
  const coming = page.waitForEvent('download', { timeout: 120_000 })
  await dialog.getByRole('button', { name: /^生成/ }).click()
  return (await coming).path()
}

export const pictures: Picture[] = [
  { name: 'map', path: '/', ...desktop, readme: { file: 'map.png', theme: 'light' } },
  { name: 'map', path: '/', width: 1920, height: 1080 },
  { name: 'map', path: '/', width: 1024, height: 768 },
  { name: 'map', path: '/', width: 768, height: 1024 },
  { name: 'map', path: '/', width: 390, height: 844 },
  { name: 'map-en', path: '/?lang=en', ...desktop },
  { name: 'hexagons', path: `/?density=hexagon&radius=120&${recent}`, ...desktop },
  { name: 'community', path: `/?area=${station}&${recent}`, ...desktop },
  {
    name: 'community-3d',
    path: `/?area=990101001009&at=114.35500,30.66420,15.7,-24,52&${recent}`,
    ...desktop,
    readme: { file: 'community.png', theme: 'dark' },
  },
  { name: 'grid-3d', path: '/?area=990101001009002&at=114.35760,30.66640,17,-24,58', ...desktop },
  { name: 'grid-3d', path: '/?area=990101001009002', width: 390, height: 844 },
  { name: 'case', path: '/?selected=incident:990101001-20261120-0001', ...desktop },
  { name: 'cases', path: '/?list=overdue', ...desktop },
  {
    name: 'filters',
    path: '/?type=D14,D02',
    ...desktop,
    act: (page) => page.getByRole('button', { name: /^类型/ }).last().click(),
  },
  {
    name: 'search',
    path: '/',
    ...desktop,
    act: async (page) => {
      await page.getByRole('combobox').fill('新桥')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'export',
    path: `/?${recent}`,
    ...desktop,
    act: async (page) => {
      await page.getByRole('button', { name: '导出' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'analysis',
    path: `/analysis?method=hot-spots&unit=square&${analysed}`,
    ...desktop,
    act: async (page) => {
      await resultIsThere(page)
      await page.getByRole('rowheader').first().getByRole('button').click()
      await page.getByText('事件最多的楼栋').scrollIntoViewIfNeeded()
    },
    readme: { file: 'analysis.png', theme: 'light' },
  },
  {
    name: 'print-map',
    path: `/?${recent}`,
    ...desktop,
    file: async (page) => {
      await mapIdle(page)
      return printed(page, '导出', 'A4')
    },
    readme: { file: 'print-map.png', theme: 'light' },
  },
  {
    name: 'print-hot-spots',
    path: `/analysis?method=hot-spots&unit=square&${analysed}`,
    ...desktop,
    file: async (page) => {
      await resultIsThere(page)
      return printed(page, '打印', 'A3')
    },
    readme: { file: 'print-hot-spots.png', theme: 'light' },
  },
  {
    name: 'print-comparison',
    path: `/analysis?method=comparison&unit=grid&show=value&${analysed}`,
    ...desktop,
    file: async (page) => {
      await resultIsThere(page)
      return printed(page, '打印', 'A4')
    },
    readme: { file: 'print-comparison.png', theme: 'light' },
  },
  { name: 'empty', path: '/?type=E10&risk=red&status=15&list=all', ...desktop },
  {
    name: 'error',
    path: '/',
    ...desktop,
    act: async (page) => {
      await page.route('**/api/**', (route) => route.abort())
      await page.reload({ waitUntil: 'commit' })
      await page
        .getByText(/无法连接服务器|加载失败/)
        .first()
        .waitFor()
    },
  },
  { name: 'wall', path: '/wall?tour=off', width: 1920, height: 1080 },
  // Small enough for the README.
  { name: 'wall', path: '/wall?tour=off', width: 1280, height: 720, readme: { file: 'wall.png', theme: 'dark' } },
  { name: 'wall', path: '/wall?tour=off', width: 3840, height: 2160 },
  { name: 'wall', path: '/wall?tour=off', width: 3840, height: 1080 },
  {
    name: 'wall-community',
    path: '/wall?tour=off',
    width: 1920,
    height: 1080,
    act: async (page) => {
      for (let stop = 0; stop < 8; stop++) await page.getByRole('button', { name: '下一个' }).click()
      await page.getByRole('article').waitFor()
    },
  },
  { name: 'wall-en', path: '/wall?tour=off&lang=en', width: 1920, height: 1080 },
]
