import { expect, it } from 'vitest'
import { constantOf, withColumn, withConstant, withWord } from './columns.tsx'

it('moves a field to another column, and a column to another field', () => {
  const first = withColumn({}, '事项', 'type')
  expect(first).toEqual({ map: ['type=事项'], ignore: [] })
  expect(withColumn(first, '分类', 'type').map).toEqual(['type=分类'])
  expect(withColumn(first, '事项', 'title').map).toEqual(['title=事项'])
})

it('ignores a column, and reads it again', () => {
  const out = withColumn({ map: ['title=名=称'] }, '名=称', null)
  expect(out).toEqual({ map: [], ignore: ['名=称'] })
  expect(withColumn(out, '名=称', 'title')).toEqual({ map: ['title=名=称'], ignore: [] })
})

it('takes each word of a field for one value', () => {
  const once = withWord(withWord({}, 'type', '占道=经营', 'E05'), 'status', '待转', '40')
  expect(withWord(once, 'type', '占道=经营', 'E04').words).toEqual(['status=待转=40', 'type=占道=经营=E04'])
})

it('takes one value of a field for the rows without one', () => {
  const set = withConstant({ set: ['channel=walk_in'] }, 'communityCode', '江北社区')
  expect(set.set).toEqual(['channel=walk_in', 'communityCode=江北社区'])
  expect([constantOf(set, 'communityCode'), constantOf({}, 'communityCode')]).toEqual(['江北社区', ''])
  expect(withConstant(set, 'communityCode', '').set).toEqual(['channel=walk_in'])
})
