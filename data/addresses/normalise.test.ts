import { describe, expect, it, test } from 'vitest'
import { gridNumber } from './area-names.ts'
import { addressKey, normaliseAddress, splitBrackets } from './normalise.ts'

describe('an address in the form that is compared', () => {
  it.each([
    ['港务家属院４栋', '港务家属院4栋'],
    ['港务家属院四栋二单元三〇一室', '港务家属院4栋2单元301室'],
    ['港务家属院4二单元301', '港务家属院4-2单元301'],
    ['港务家属院 4 # 2 门 301', '港务家属院4栋2单元301'],
    ['港务家属院#4-301', '港务家属院4栋301'],
    ['港务家属院4号楼', '港务家属院4栋'],
    ['望澜大道8号楼下', '望澜大道8号楼下'],
    ['港务家属院，4幢／2／301', '港务家属院4栋2-301'],
    ['港务家属院4、2、301', '港务家属院4-2-301'],
    ['文昌路二十一号', '文昌路21号'],
    ['文昌路一百零三号', '文昌路103号'],
    ['文昌路三百二号', '文昌路320号'],
    ['百步亭花园十二栋', '百步亭花园12栋'],
    ['丹水池路壹拾贰号', '丹水池路12号'],
    ['江北社区第03网格', '江北社区3网格'],
  ])('%s', (written, normalised) => {
    expect(normaliseAddress(written)).toBe(normalised)
  })

  it('stays as it is when it has that form', () => {
    for (const text of ['港务家属院4栋2-301', '文昌路12号附3号', '江北社区3网格'])
      expect(normaliseAddress(text)).toBe(text)
  })
})

test('what stands in brackets is taken apart', () => {
  expect(splitBrackets('文昌路（近港务宿舍3栋）旁')).toEqual({ outer: '文昌路 旁', inner: ['近港务宿舍3栋'] })
})

test('questions are asked of an address without unit, floor and room', () => {
  const doors = ['港务家属院4栋2单元301', '港务家属院四栋1单元3楼', '港务家属院4号楼', '港务家属院4栋201室']
  expect(new Set(doors.map(addressKey))).toEqual(new Set(['港务家属院4栋']))
  expect(addressKey('望澜大道1201号')).toBe('望澜大道1201号')
})

test('a grid is known by its number in the ways in which it is written', () => {
  const written = ['第3网格', '03网格', '3', '第三网格', '江北社区第3网格', '江北3号网格']
  expect(written.map((name) => gridNumber(normaliseAddress(name), '江北社区'))).toEqual(written.map(() => 3))
  expect(gridNumber(normaliseAddress('船厂创意园专属网格'), '船厂社区')).toBeNull()
})
