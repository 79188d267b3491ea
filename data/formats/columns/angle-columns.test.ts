import { describe, expect, it } from 'vitest'
import { anglePart } from './angle-columns.ts'
import { ColumnMap } from './columns.ts'
import { incidentFields } from '../field-names.ts'

describe('anglePart', () => {
  it.each([
    ['经度(度)', 'lon', 0],
    ['经度（分）', 'lon', 1],
    ['东经秒', 'lon', 2],
    ['位置/纬度/秒', 'lat', 2],
    ['纬度′', 'lat', 1],
    ['Lat_Min', 'lat', 1],
    ['lon_deg', 'lon', 0],
    ['经度（分）(GCJ02)', 'lon', 1],
  ])('%s', (column, field, part) => expect(anglePart(column)).toEqual({ field, part }))

  it.each(['经度', '纬度', '东经', '度', '评分', '经度偏差', '平均秒', 'latitude', 'format_m', '积分'])(
    '%s is none',
    (column) => expect(anglePart(column)).toBeNull(),
  )
})

describe('columns of degrees, minutes and seconds', () => {
  const read = (...columns: string[]) => {
    const map = new ColumnMap(incidentFields, new Map())
    map.learn(columns)
    return [map.indices('lon').map(({ column }) => column), map.isInParts('lon')]
  }

  it('are one angle', () => {
    expect(read('经度(度)', '经度(分)', '经度(秒)')).toEqual([['经度(度)', '经度(分)', '经度(秒)'], true])
    expect(read('经度/分', '经度/秒', '经度/度')).toEqual([['经度/度', '经度/分', '经度/秒'], true])
    expect(read('经度', '经度分')).toEqual([['经度', '经度分'], true])
  })

  it('are left alone where another column has the whole, or the degrees are missing', () => {
    expect(read('经度(度)', '经度(分)', '经度(秒)', '经度')).toEqual([['经度'], false])
    expect(read('经度(分)', '经度(秒)')).toEqual([[], false])
    expect(read('经度(度)')).toEqual([['经度(度)'], false])
  })
})
