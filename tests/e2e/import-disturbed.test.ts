import { expect, describe, inject, it } from 'vitest'
import type { ImportSession } from '@minqing/data/domain/import'
import type { Page } from './drivers/screen.ts'
import { dropFile, readColumnAs, runImport } from './drivers/import-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const header = '流水,情况,经度,纬度,时间,诉求归口\n'
// A row that is refused: nothing is ever written.
const refused = 'U-1,三楼漏水,114.355,30.664,去年冬天,邻里\n'
const ledger = Buffer.from(header + refused)

const start = (page: Page) => page.getByRole('button', { name: '开始导入' })
const checked = (page: Page) => page.getByText('已检查前 1 行，其中 1 行有问题').waitFor()
const idOf = (page: Page) => new URL(page.url()).searchParams.get('import') ?? ''
const session = (page: Page) => ask<ImportSession>(site, `/api/imports/${idOf(page)}`)

describe('importing while something gets in between', () => {
  it('imports only with choices that the server has, also after a reload without a network', async () => {
    const { page, forgive } = await open({ path: '/admin/import' })
    await dropFile(page, '断网.csv', ledger)
    await checked(page)
    forgive(/choices|Failed to load resource/)
    await page.route('**/choices', (route) => route.abort())
    await page.getByLabel('坐标系').selectOption('gcj02')
    await page.getByText('设置尚未提交到服务器，提交后才能导入').waitFor()
    expect(await start(page).isDisabled()).toBe(true)
    await page.unroute('**/choices')
    await page.reload({ waitUntil: 'commit' })
    await checked(page)
    expect((await session(page)).choices).toMatchObject({ crs: 'gcj02' })
    expect(await page.getByLabel('坐标系').inputValue()).toBe('gcj02')
    expect(await start(page).isDisabled()).toBe(false)
  })

  it('sends quick changes one after the other, and the server has the last', async () => {
    const { page } = await open({ path: '/admin/import' })
    await dropFile(page, '快.csv', ledger)
    await checked(page)
    const requests: string[] = []
    page.on('request', (request) => request.url().endsWith('/choices') && requests.push(request.url()))
    // The first waits until all are chosen, however slow the page is.
    const chosen = Promise.withResolvers<void>()
    await page.route('**/choices', async (route) => {
      await chosen.promise
      await route.continue()
    })
    for (const [column, field] of [
      ['流水', '编号'],
      ['情况', '标题'],
      ['诉求归口', '类型'],
    ] as const)
      await page.getByLabel(`“${column}”读作`).selectOption({ label: field })
    chosen.resolve()
    await page.getByLabel('“邻里”的意思').waitFor()
    await checked(page)
    expect((await session(page)).choices.map).toEqual(['number=流水', 'title=情况', 'type=诉求归口'])
    expect(requests).toHaveLength(2)
  })

  it('does not let one tab undo what another has chosen', async () => {
    const { page } = await open({ path: '/admin/import' })
    await dropFile(page, '两页.csv', ledger)
    await checked(page)
    const { page: other } = await open({ path: `/admin/import?import=${idOf(page)}` })
    await checked(other)
    const saved = page.waitForResponse((response) => response.url().endsWith('/choices') && response.ok())
    await page.getByLabel('坐标系').selectOption('bd09')
    await saved
    // The event that a browser sends to a page whose tab becomes visible.
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await expect.poll(() => other.getByLabel('坐标系').inputValue()).toBe('bd09')
    await readColumnAs(other, '情况', '标题')
    expect((await session(page)).choices).toMatchObject({ crs: 'bd09', map: ['title=情况'] })
  })

  it('takes the next file wherever it is dropped, and gives up one that takes too long', async () => {
    const { page, forgive } = await open({ path: '/admin/import' })
    await dropFile(page, '一.csv', ledger)
    await checked(page)
    const first = idOf(page)
    expect(await runImport(page)).toBe('nothing')

    forgive(/ERR_FAILED|ERR_ABORTED/)
    await page.route('**/api/imports', (route) => (route.request().method() === 'POST' ? undefined : route.continue()))
    await dropOn(page, '导入记录', '二.csv')
    await page.getByText(/^正在(上传|识别)/).waitFor()
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('heading', { name: '一.csv' }).waitFor()
    await page.unroute('**/api/imports')

    await dropOn(page, '导入记录', '三.csv')
    await page.getByRole('heading', { name: '三.csv' }).waitFor()
    await page.goBack({ waitUntil: 'commit' })
    await page.getByRole('heading', { name: '一.csv' }).waitFor()
    expect(idOf(page)).toBe(first)
    await page.getByRole('heading', { name: '未写入任何数据' }).waitFor()
  })
})

/** Drops a ledger beside the place that asks for one. */
async function dropOn(page: Page, heading: string, name: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, text }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], name))
      return transfer
    },
    { name, text: ledger.toString() },
  )
  await page.getByRole('heading', { name: heading }).dispatchEvent('drop', { dataTransfer: transfer })
}
