import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ImportRecord } from '@minqing/data/domain/import'
import { testData } from '@minqing/data/test-data'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { countOf, dropFile, runImport } from './drivers/import-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { ask } from './world/site.ts'
import { useScreens } from './world/screens.ts'

const site = inject('site')
const open = useScreens()
const communities = testData('ledgers/社区.geojson')

/** The other tests count what is there: whatever a test leaves is undone, the newest first. */
afterAll(async () => {
  const { imports } = await ask<{ imports: ImportRecord[] }>(site, '/api/imports')
  for (const { id, undoable } of imports)
    if (undoable) expect((await fetch(`${site}/api/imports/${id}/undo`, { method: 'POST' })).status).toBe(200)
})

describe.skipIf(communities === null)(
  'the ledgers of a sub-district, dropped on the screen (needs shared/data)',
  () => {
    it(
      'takes disputes under joined headings, buildings without positions, and then addresses alone',
      { timeout: 600_000 },
      async () => {
        const { page } = await open({ path: '/admin/import' })
        const drop = async (name: string) => {
          const path = testData(`ledgers/${name}`) ?? ''
          await dropFile(page, basename(path), readFileSync(path))
          await page.getByLabel('导入为').waitFor()
        }
        /** Imports what has been dropped; how many rows were new. */
        const take = async () => {
          await page.getByText(/已检查前 \d+ 行，没有问题/).waitFor()
          expect(await runImport(page)).toBe('done')
          return countOf(page, '新增')
        }
        const next = () => page.getByRole('button', { name: '导入下一个文件' }).click()
        const fill = async (label: string, text: string) => {
          await page.getByLabel(label).fill(text)
          const looked = page.waitForResponse((response) => response.url().endsWith('/choices') && response.ok())
          await page.getByLabel(label).press('Enter')
          await looked
        }

        await drop('社区.geojson')
        await page.getByLabel('导入为').selectOption('communities')
        expect(await take()).toBe(9)
        await next()
        await drop('网格.geojson')
        expect(await take()).toBe(171)
        await next()
        await drop('L2_矛盾纠纷调解台账.xlsx')
        await fill('没有编码时所属街道', '420102012')
        expect(await take()).toBe(15)
        await next()
        await drop('L5_楼栋台账.xlsx')
        await fill('没有写社区的行所属社区', '江北社区')
        expect(await violationsOf(page)).toBe('')
        expect(await take()).toBe(30)
        await next()
        await drop('L7_只有地址.csv')
        await fill('没有编码时所属街道', '420102012')
        expect(await take()).toBe(9)
        await page.getByText('地址未找到：1 行').waitFor()
        await page.getByLabel('“不存在小区9栋”所指位置').waitFor()
      },
    )
  },
)
