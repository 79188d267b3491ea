import { expect, test } from 'vitest'
import { sortedRows } from './area-children.tsx'

const rows = [
  { code: '3', name: '第10网格', total: 4, open: 1, overdue: 0 },
  { code: '1', name: '第2网格', total: 9, open: 1, overdue: 1 },
  { code: '2', name: '安民社区', total: 4, open: 0, overdue: 0 },
]
const codes = (...of: Parameters<typeof sortedRows>) => sortedRows(...of).map(({ code }) => code)

test('numbers by size, names as a reader of Chinese expects, ties by code', () => {
  expect(codes(rows, 'total', true)).toEqual(['1', '2', '3'])
  expect(codes(rows, 'open', true)).toEqual(['1', '3', '2'])
  expect(codes(rows, 'open', false)).toEqual(['2', '1', '3'])
  expect(codes(rows, 'name', false)).toEqual(['2', '1', '3'])
})
