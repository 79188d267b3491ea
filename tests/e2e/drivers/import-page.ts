/// <reference lib="dom" />
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

/** Drops a file on the place that asks for one, as a hand would. */
export async function dropFile(page: Page, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name))
      return transfer
    },
    { name, base64: content.toString('base64') },
  )
  await page.getByText('把文件拖到这里，或选择文件').dispatchEvent('drop', { dataTransfer: transfer })
}

/** What the result says of rows that were 新增, 拒绝, … */
export async function countOf(page: Page, name: string): Promise<number> {
  const term = page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })
  return Number(await term.locator('..').getByRole('definition').innerText())
}

/** Reads a column as a field, and waits until the file has been looked at again. */
export async function readColumnAs(page: Page, column: string, field: string): Promise<void> {
  const looked = page.waitForResponse((response) => response.url().endsWith('/choices') && response.ok())
  await page.getByLabel(`“${column}”读作`).selectOption({ label: field })
  await looked
}

/** Presses 开始导入 and waits for what came of it. */
export async function runImport(page: Page): Promise<'done' | 'nothing'> {
  await page.getByRole('button', { name: '开始导入' }).click()
  const done = page.getByRole('heading', { name: '导入完成' })
  const nothing = page.getByRole('heading', { name: '未写入任何数据' })
  await done.or(nothing).waitFor()
  return (await done.isVisible()) ? 'done' : 'nothing'
}

/** The rejected rows as the screen hands them back. */
export async function downloadRejects(page: Page): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载有问题的行' }).click()
  const download = await coming
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Takes the import back that the result shows. */
export async function undoResult(page: Page): Promise<string> {
  await page.getByRole('button', { name: '撤销这次导入' }).click()
  await page.getByRole('button', { name: '确定撤销' }).click()
  const said = page.getByText(/^已撤销：/).first()
  await said.waitFor()
  return said.innerText()
}

/** Takes a file of the list back. */
export async function undoInList(page: Page, file: string): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: file }) })
  await row.getByRole('button', { name: '撤销' }).click()
  await row.getByRole('button', { name: '确定撤销' }).click()
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: file }) })
    .getByText(/已撤销/)
    .first()
    .waitFor()
}
