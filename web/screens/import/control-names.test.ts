import { expect, test } from 'vitest'
import { withControlNames } from './control-names.ts'

test('options of the command line are replaced by the names of controls', () => {
  expect(withControlNames('未读取“填报说明”；用 --sheet 可另选', 'zh')).toBe('未读取“填报说明”；用“工作表或图层”可另选')
  expect(withControlNames('高德的坐标请用 --crs gcj02，否则会偏移', 'zh')).toBe(
    '高德的坐标请用“坐标系”选 gcj02，否则会偏移',
  )
  expect(withControlNames('请补上社区一列，或用 --set communityCode=社区名称 指明', 'zh')).toBe(
    '请补上社区一列，或用“没有写社区的行所属社区”选 社区名称 指明',
  )
  expect(withControlNames('请用 --place 地址=楼栋编码 指明', 'zh')).toBe('请用“按地址定位”地址=楼栋编码 指明')
  expect(withControlNames('--sheet takes another', 'en')).toBe('“Sheet or layer” takes another')
  expect(withControlNames('Give it by --crs gcj02 or --unknown.', 'en')).toBe(
    'Give it by “Coordinate system” gcj02 or --unknown.',
  )
})
