import { expect, test } from 'vitest'
import { buildingsNamed, figuresNamed, nameSameBuilding, partiesNamed, partNamed, withoutPlaces } from './mentions.ts'

test('a building is the same however much of its address is written, and in whichever form', () => {
  const named = (address: string, title = '') => buildingsNamed(address, title)
  expect(named('竹苑小区２幢', '同善巷竹苑小区2号楼漏水')).toEqual(['竹苑小区2栋', '同善巷竹苑小区2栋'])
  expect(named('文昌路（近港务宿舍3栋）')).toEqual(['港务宿舍3栋'])
  expect(named('三官路（近望澜医院行政楼）')).toEqual(['望澜医院行政楼'])
  expect(nameSameBuilding(named('同善巷竹苑小区2栋'), named('竹苑小区2#'))).toBe(true)
  expect(nameSameBuilding(named('竹苑小区2栋'), named('竹苑小区12栋'))).toBe(false)
  expect(named('朝阳路')).toEqual([])
})

test('the part of a building is read behind its name alone', () => {
  expect(partNamed('竹苑小区2栋3单元5楼漏水')).toEqual({ unit: 3, floor: 5, side: null })
  expect(partNamed('竹苑小区2栋三单元501漏水')).toEqual({ unit: 3, floor: 5, side: null })
  expect(partNamed('望澜医院行政楼二楼')).toEqual({ unit: null, floor: 2, side: null })
  expect(partNamed('船坞街11号商铺东侧占道')).toEqual({ unit: null, floor: null, side: '东侧' })
  expect(partNamed('加装电梯，二楼住户担心')).toEqual({ unit: null, floor: null, side: null })
})

test('what a text says is left without where', () => {
  const say = (title: string, address = '') => withoutPlaces(title, buildingsNamed(address, title))
  expect(say('码头路近码头路2号出租车追尾')).toBe('，出租车追尾')
  expect(say('税苑花园4栋拐角处人行道板塌陷')).toBe('，人行道板塌陷')
  expect(say('望澜医院行政楼一楼陪护费争议', '三官路（近望澜医院行政楼）')).toBe('，陪护费争议')
})

test('people are named by a surname, amounts with what they count', () => {
  expect([...partiesNamed('王女士称邻居先生吵闹，电话15400001111')]).toEqual(['王女士', '15400001111'])
  expect([...figuresNamed('涉及两千余元，三户受影响，第二天')]).toEqual(['两千余元', '三户'])
})
