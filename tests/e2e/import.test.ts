import { readFile } from 'node:fs/promises'
import type { ImportRecord } from '@minqing/data/domain/import'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { type Page, violationsOf } from './drivers/screen.ts'
import { countOf, dropFile } from './drivers/import-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const header = '流水,情况,经度,纬度,时间,诉求归口\n'
const good = 'T-1,三楼漏水,114.355,30.664,2026-05-01 08:00,邻里\nT-2,油烟扰民,114.356,30.665,2026-05-02,环境污染\n'
const bad = 'T-3,楼道堆物,114.357,30.664,去年冬天,消防隐患\n'

/** The other tests count what is there: whatever a test leaves is undone. */
afterAll(async () => {
  const { imports } = await ask<{ imports: ImportRecord[] }>(site, '/api/imports')
  for (const { id, undoable } of imports)
    // The newest first: they stand on each other.
    if (undoable) await fetch(`${site}/api/imports/${id}/undo`, { method: 'POST' })
})

const choose = (page: Page, name: string, text: string) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

describe('importing a ledger', () => {
  it('goes from the drop to the last row, and back', { timeout: 600_000 }, async () => {
    const { page } = await open({ path: '/' })
    await page.getByRole('link', { name: '导入' }).click()
    await page.getByRole('heading', { name: '导入数据' }).waitFor()
    expect(await violationsOf(page)).toBe('')

    await dropFile(page, '工单.csv', Buffer.from(header + good + bad))
    await page.getByText('已检查前 3 行，其中 1 行有问题').waitFor()
    const preview = page.getByRole('group', { name: '预览' })
    await preview.getByText(/看不懂时间“去年冬天”/).waitFor()

    // The one column that was not recognised.
    await page.getByLabel('“诉求归口”读作').selectOption({ label: '类型' })
    await page.getByLabel('“环境污染”的意思').waitFor()
    await page.getByLabel('“流水”读作').selectOption({ label: '编号' })
    await page.getByLabel('“情况”读作').selectOption({ label: '标题' })
    await page.getByText('已检查前 3 行，其中 1 行有问题').waitFor()
    expect(await violationsOf(page)).toBe('')

    // Nothing comes in while a row is wrong; a reload loses nothing.
    await page.getByRole('button', { name: '开始导入' }).click()
    await page.getByRole('heading', { name: '未写入任何数据' }).waitFor()
    await page.reload({ waitUntil: 'commit' })
    await page.getByRole('heading', { name: '未写入任何数据' }).waitFor()
    expect(await page.getByLabel('“诉求归口”读作').inputValue()).toBe('type')

    await page.getByRole('checkbox', { name: /跳过有问题的行/ }).check()
    await page.getByText('已检查前 3 行，其中 1 行有问题').waitFor()
    await page.getByRole('button', { name: '开始导入' }).click()
    await page.getByRole('heading', { name: '导入完成' }).waitFor()
    expect([await countOf(page, '新增'), await countOf(page, '拒绝')]).toEqual([2, 1])
    expect(await violationsOf(page)).toBe('')

    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载有问题的行' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe('工单.rejects.csv')
    const rejects = await readFile(await download.path(), 'utf8')
    expect(rejects).toContain('看不懂时间')

    await page.getByRole('button', { name: '导入下一个文件' }).click()
    await choose(page, '工单.rejects.csv', rejects.replace(',去年冬天,', ',2026-01-05,'))
    await page.getByLabel('“诉求归口”读作').selectOption({ label: '类型' })
    await page.getByLabel('“消防隐患”的意思').waitFor()
    await page.getByRole('button', { name: '开始导入' }).click()
    await page.getByRole('heading', { name: '导入完成' }).waitFor()
    expect(await countOf(page, '新增')).toBe(1)

    await page.getByRole('button', { name: '撤销这次导入' }).press('Enter')
    await page.getByRole('button', { name: '确定撤销' }).press('Enter')
    await page.getByText('已撤销：删除 1 条，恢复 0 条。').waitFor()
    await page
      .getByRole('cell', { name: /已撤销/ })
      .first()
      .waitFor()
  })

  it('asks what an unknown word means, once for all of its rows', async () => {
    const { page } = await open({ path: '/admin/import' })
    const rows =
      'T-8,漏水,114.355,30.664,2026-05-01 08:00,云里雾里\nT-9,漏水,114.356,30.664,2026-05-01 09:00,云里雾里\n'
    await choose(page, '台账.csv', `编号,标题,经度,纬度,时间,状态\n${rows}`)
    const meaning = page.getByLabel('“云里雾里”的意思')
    await meaning.waitFor()
    expect(await meaning.locator('option:checked').textContent()).toBe('未知')
    await meaning.selectOption({ label: '处置中' })
    await page.getByText('已检查前 2 行，没有问题').waitFor()
    expect(await violationsOf(page)).toBe('')
    await page.getByRole('button', { name: '开始导入' }).click()
    await page.getByRole('heading', { name: '导入完成' }).waitFor()
    const { features } = await ask<{ features: { properties: { status: string } }[] }>(
      site,
      `/api/collections/incidents/items?filter=${encodeURIComponent("number in ('T-8','T-9')")}`,
    )
    expect(features.map(({ properties }) => properties.status)).toEqual(['50', '50'])
  })

  it('takes the encoding of a KML, as the command does', async () => {
    const { page } = await open({ path: '/admin/import' })
    const point = '<Placemark><name>站点</name><Point><coordinates>114.355,30.664</coordinates></Point></Placemark>'
    const kml = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${point}</Document></kml>`
    await dropFile(page, '站点.kml', Buffer.from(kml))
    const [encoding, preview] = [page.getByLabel('文字编码'), page.getByRole('group', { name: '预览' })]
    await encoding.selectOption('gb18030')
    // What is UTF-8 reads as other characters.
    await preview.getByRole('cell', { name: '绔欑偣' }).waitFor()
    await encoding.selectOption('')
    await preview.getByRole('cell', { name: '站点' }).waitFor()
    expect(await violationsOf(page)).toBe('')
  })

  it('keeps choices while the server cannot be reached, and reports a file that it cannot read', async () => {
    const { page, forgive } = await open({ path: '/admin/import?theme=light' })
    await choose(page, '工单.csv', header + good)
    await page.getByLabel('“诉求归口”读作').waitFor()
    forgive(/choices|Failed to load resource/)
    await page.route('**/choices', (route) => route.abort())
    await page.getByLabel('坐标系').selectOption('cgcs2000')
    await page.getByText('无法连接服务器。您的设置已保留，请检查网络后重试。').waitFor()
    expect(await page.getByLabel('坐标系').inputValue()).toBe('cgcs2000')
    await page.unroute('**/choices')
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByText('已检查前 2 行，没有问题').waitFor()
    expect(await violationsOf(page)).toBe('')

    await page.getByRole('button', { name: '更换文件' }).click()
    await choose(page, '照片.csv', '\u0089PNG')
    await page
      .getByText(/暂时无法读取|列与字段/)
      .first()
      .waitFor()
  })
})
