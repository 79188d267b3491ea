import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataStatus } from '@minqing/data/domain/data-status'
import { violationsOf } from './drivers/screen.ts'
import { dropFile, runImport } from './drivers/import-page.ts'
import { ask, startSite, testTime } from './world/site.ts'
import { useScreens } from './world/screens.ts'
import type { Product } from '../setup/start-product.ts'

let product: Product
const open = useScreens(() => product.address)
beforeAll(async () => {
  product = await startSite(testTime, { SIGN_IN: 'off' })
}, 300_000)
afterAll(() => product.stop())

const streets = async () =>
  (await ask<DataStatus>(product.address, '/api/status')).streets.map(({ code, incidents }) => [code, incidents])

const ring = '114.30 30.60, 114.31 30.60, 114.31 30.61, 114.30 30.61, 114.30 30.60'
const grids = `网格编码,名称,wkt\n420102012001001,一网格,"POLYGON ((${ring}))"\n`
const ledger = '编号,标题,经度,纬度,时间\nA-1,三楼漏水,114.305,30.605,2026-05-01 08:00\n'

describe('an office that has imported its own grids', () => {
  it('is asked about a mistyped sub-district and removes the demo', { timeout: 600_000 }, async () => {
    const { page } = await open({ path: '/admin/import' })
    await dropFile(page, '网格.csv', Buffer.from(grids))
    await page.getByText('已检查前 1 行，没有问题').waitFor()
    expect(await page.getByRole('button', { name: '移除演示数据' }).count()).toBe(0)
    expect(await runImport(page)).toBe('done')
    await page.getByText('演示数据仍在库中').waitFor()
    expect(await violationsOf(page)).toBe('')

    await page.getByRole('button', { name: '导入下一个文件' }).click()
    await dropFile(page, '工单.csv', Buffer.from(ledger))
    await page.getByText('已检查前 1 行，没有问题').waitFor()
    await page.getByLabel(/没有编码时所属街道/).fill('420102021')
    await page.getByLabel(/没有编码时所属街道/).press('Enter')
    await page.getByText(/还没有编码为 420102021 的街道；最接近的是 420102012/).waitFor()
    expect(await page.getByRole('button', { name: '开始导入' }).isDisabled()).toBe(true)
    expect(await violationsOf(page)).toBe('')
    await page.getByRole('button', { name: /^改为 420102012/ }).click()
    await page.getByText('已检查前 1 行，没有问题').waitFor()
    expect(await runImport(page)).toBe('done')

    await page.getByRole('button', { name: '导入下一个文件' }).click()
    await page.getByRole('button', { name: '移除演示数据' }).click()
    await page.getByText(/演示街道的区域、楼栋、底图、人员和事件将全部删除/).waitFor()
    expect(await violationsOf(page)).toBe('')
    await page.getByRole('button', { name: '确定移除' }).click()
    await page.getByText('演示数据已移除。').waitFor()
    expect(await streets()).toEqual([['420102012', 1]])
  })
})
