import type { ImportRecord, ImportSession } from '@minqing/data/domain/import'
import type { FeatureCollection, Point } from 'geojson'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { violationsOf } from './drivers/screen.ts'
import { dropFile, runImport } from './drivers/import-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()

/** The other tests count what is there: whatever a test leaves is undone. */
afterAll(async () => {
  const { imports } = await ask<{ imports: ImportRecord[] }>(site, '/api/imports')
  for (const { id, undoable } of imports)
    if (undoable) await fetch(`${site}/api/imports/${id}/undo`, { method: 'POST' })
})

describe('importing a ledger that has addresses and no positions', () => {
  it('lists what is unclear once, takes the answer, and places the rows', { timeout: 600_000 }, async () => {
    const { page } = await open({ path: '/admin/import' })
    const rows = ['地址台账-1,港务家属院４＃２单元301', '地址台账-2,船厂社区4栋201', '地址台账-3,船厂社区4栋302']
    const lines = rows.map((row) => `${row.replace(',', ',邻里纠纷,2026-05-01 10:20,')}\n`)
    await dropFile(page, '地址台账.csv', Buffer.from(`编号,类型,上报时间,地址\n${lines.join('')}`))
    await page.getByLabel('没有编码时所属街道').fill('990101001')
    await page.getByLabel('没有编码时所属街道').press('Enter')
    await page.getByText('已检查前 3 行，没有问题').waitFor()
    expect(await runImport(page)).toBe('done')
    await page.getByText('按地址定位到楼栋：1 行').waitFor()
    await page.getByText('有多个可能位置，待确认：2 行').waitFor()
    expect(await violationsOf(page)).toBe('')

    const meaning = page.getByLabel('“船厂社区4栋”所指位置')
    const option = meaning.locator('option', { hasText: '港务家属院4栋' })
    const code = (await option.getAttribute('value')) ?? ''
    await meaning.selectOption(code)
    await page.getByRole('button', { name: '按所选位置重新识别' }).click()
    await page.getByText('已检查前 3 行，没有问题').waitFor()
    expect(await runImport(page)).toBe('done')
    await page.getByText('按地址定位到楼栋：3 行').waitFor()

    const id = new URL(page.url()).searchParams.get('import') ?? ''
    const { report } = await ask<ImportSession>(site, `/api/imports/${id}`)
    expect(report).toMatchObject({ updated: 2, addresses: { undecided: 0, list: [] } })
    const filter = encodeURIComponent("number LIKE '地址台账-%'")
    const { features } = await ask<FeatureCollection<Point, Record<string, unknown>>>(
      site,
      `/api/collections/incidents/items?filter=${filter}`,
    )
    expect(features.map(({ properties }) => [properties['buildingCode'], properties['positionSource']])).toEqual(
      rows.map(() => [code, 'address-building']),
    )
  })
})
