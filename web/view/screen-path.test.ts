import { expect, test } from 'vitest'
import { importPath, mapPath, wallPath } from './screen-path.ts'

test('another screen opens in the same language and theme, and without the other parameters', () => {
  expect(mapPath('?import=ab12&lang=en&theme=dark')).toBe('/?lang=en&theme=dark')
  expect(importPath('?area=990101001&at=1,2,3')).toBe('/admin/import')
})

test('the wall opens at the area, where one is named', () => {
  expect(wallPath('990101001', '?theme=light')).toBe('/wall?area=990101001&theme=light')
  expect([wallPath('all', ''), wallPath(null, '')]).toEqual(['/wall', '/wall'])
})
