import { expect, test } from 'vitest'
import { onScreen } from './fields.ts'

test('options of the command line are told by their names on the screen', () => {
  expect(onScreen('未读取“填报说明”；用 --sheet 可另选', 'zh')).toBe('未读取“填报说明”；用“工作表或图层”可另选')
  expect(onScreen('高德的坐标请用 --crs gcj02，否则会偏移', 'zh')).toBe('高德的坐标请用“坐标系”选 gcj02，否则会偏移')
  expect(onScreen('--sheet takes another', 'en')).toBe('“Sheet or layer” takes another')
  expect(onScreen('Give it by --crs gcj02 or --unknown.', 'en')).toBe(
    'Give it by “Coordinate system” gcj02 or --unknown.',
  )
})
