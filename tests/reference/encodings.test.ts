import { basename } from 'node:path'
import { readCsv } from '@minqing/data/formats/csv'
import { expect, test } from 'vitest'
import { rowsOf, textOf } from './file-text.ts'
import { testFiles } from './test-data.ts'

test('one ledger says the same in GBK, UTF-8 with a mark, UTF-16 and tab-separated', async (context) => {
  const read = new Map<string, { encoding: string; columns: readonly string[]; rows: unknown[] }>()
  for (const file of testFiles(context, 'dirty/waterlogging_*')) {
    const { encoding, text } = await textOf(file)
    const source = await readCsv(text)
    const rows = (await rowsOf(source)).map(({ cells }) => cells)
    read.set(basename(file), { encoding, columns: source.columns, rows })
  }
  const [gbk, tab, wide, marked] = ['gbk.csv', 'tab.txt', 'utf16le.csv', 'utf8_bom.csv'].map((name) =>
    read.get(`waterlogging_${name}`),
  )
  expect([gbk, wide, marked].map((file) => file?.encoding)).toEqual(['gb18030', 'utf-16le', 'utf-8'])
  expect(marked?.columns).toContain('潜在内涝点名称')
  for (const file of [gbk, tab, wide]) {
    expect(file?.columns).toEqual(marked?.columns)
    const shared = Math.min(file?.rows.length ?? 0, marked?.rows.length ?? 0)
    expect(shared).toBeGreaterThanOrEqual(9)
    expect(file?.rows.slice(0, shared)).toEqual(marked?.rows.slice(0, shared))
  }
})
