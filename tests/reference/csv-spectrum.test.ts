import { basename } from 'node:path'
import { readCsv } from '@minqing/data/formats/csv'
import { expect, test } from 'vitest'
import { rowsOf, textOf } from './file-text.ts'
import { readJson, testFiles } from './test-data.ts'

test('reads every file of csv-spectrum as its authors say', async (context) => {
  // location_coordinates is left out: its two halves name different telephone numbers.
  const tables = testFiles(context, 'dirty/csvs/*.csv').filter((file) => !file.includes('location_coordinates'))
  for (const table of tables) {
    const answer = table.replace(/csvs\/(.*)\.csv$/, (_, name: string) => `json/${name}.json`)
    const expected = readJson(answer) as Record<string, string>[]
    const { text } = await textOf(table)
    const source = await readCsv(text)
    const rows = (await rowsOf(source)).map(({ cells }) =>
      Object.fromEntries(source.columns.map((column, index) => [column, cells[index] ?? ''])),
    )
    // csv-spectrum trims nothing; header cells of ours lose the blanks around them.
    expect(rows, basename(table)).toEqual(expected.map(trimKeys))
  }
  expect(tables.length).toBeGreaterThan(8)
})

function trimKeys(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key.trim(), value]))
}
