/// <reference lib="dom" />
import { readFile } from 'node:fs/promises'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { describe, expect, inject, it } from 'vitest'
import type { Page } from './drivers/screen.ts'
import { countShown, plainPath } from './drivers/map-page.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const filter = 'type=D14,D02&time=2026-01-01/2026-07-01'

/** Presses “export” and waits for the file. */
async function exported(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download', { timeout: 180_000 })
  await page.getByRole('dialog').getByRole('button', { name: '导出' }).click()
  const download = await coming
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

describe('export', () => {
  it('exports the filtered incidents as GeoJSON and CSV, as many as the page counts', async () => {
    const { page } = await open({ path: plainPath(filter), withoutMap: true })
    const count = await countShown(page)
    const datetime = '2026-01-01T00:00:00+08:00/2026-07-01T00:00:00+08:00'
    const parameters = new URLSearchParams({ area: '990101001', type: 'D14,D02', datetime })
    expect((await ask<IncidentSummary>(site, `/api/summary?${parameters}`)).total).toBe(count)
    await page.getByRole('button', { name: '导出' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /案件数据/ }).check()
    const geojson = await exported(page)
    expect(geojson.name).toBe('案件_望澜街道_2026-01-01至2026-06-30.geojson')
    const { features } = JSON.parse(geojson.bytes.toString()) as { features: { properties: { type: string } }[] }
    expect(features).toHaveLength(count)
    expect(new Set(features.map(({ properties }) => properties.type))).toEqual(new Set(['D14', 'D02']))
    await dialog.getByRole('radio', { name: /CSV/ }).check()
    const csv = await exported(page)
    expect(csv.name).toMatch(/\.csv$/)
    const { rows, notes } = readCsv(csv.bytes.toString())
    expect(rows - 1).toBe(count)
    expect(notes).toContain(`# 行数：${count}`)
  })

  it('gives the areas with their counts, which add up to the page’s count', async () => {
    const { page } = await open({ path: plainPath(filter), withoutMap: true })
    const count = await countShown(page)
    await page.getByRole('button', { name: '导出' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /区域统计/ }).check()
    await dialog.getByRole('radio', { name: '社区', exact: true }).check()
    const { name, bytes } = await exported(page)
    expect(name).toMatch(/^社区统计_望澜街道/)
    type Row = { geometry: { type: string }; properties: Record<string, unknown> }
    const { features } = JSON.parse(bytes.toString()) as { features: Row[] }
    expect(features).toHaveLength(9)
    expect(features.every(({ geometry }) => geometry.type.endsWith('Polygon'))).toBe(true)
    const total = features.reduce(
      (sum, { properties }) => sum + Number(properties['total'] ?? properties['incidents']),
      0,
    )
    expect(total).toBe(count)
  })

  it('is opened, cancelled and closed by keyboard, and reports that the server cannot be reached', async () => {
    const { page, forgive } = await open({ path: plainPath(filter), withoutMap: true })
    await countShown(page)
    const button = page.getByRole('button', { name: '导出' })
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /案件数据/ }).check()
    forgive(/api\/exports|Failed to load resource/)
    await page.route('**/api/exports/**', (route) => route.abort())
    await dialog.getByRole('button', { name: '导出' }).press('Enter')
    await dialog.getByText('导出失败：无法连接服务器。请检查网络后重试。').waitFor()
    // What was chosen is still chosen.
    expect(await dialog.getByRole('radio', { name: /案件数据/ }).isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

/** Rows of a CSV file, its heading included (a line break inside quotes ends none), and the notes below them. */
function readCsv(csv: string): { rows: number; notes: string[] } {
  const lines = csv.replaceAll(/"(?:[^"]|"")*"/g, '""').split(/\r?\n/)
  const notes = lines.filter((line) => line.startsWith('#'))
  return { rows: lines.filter((line) => line !== '' && !line.startsWith('#')).length, notes }
}
