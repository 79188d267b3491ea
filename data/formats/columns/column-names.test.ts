import { describe, expect, it } from 'vitest'
import { incidentFields, areaFields } from '../field-names.ts'
import { anglePart } from './column-names.ts'
import { ColumnMap } from './columns.ts'

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

describe('names that a dBase table has cut', () => {
  const fieldsOf = (fields: typeof areaFields | typeof incidentFields, columns: string[]) => {
    const map = new ColumnMap(fields, new Map())
    map.learn(columns)
    return Object.fromEntries(map.described().map(({ field, columns }) => [field, columns]))
  }

  it('are known by their beginning: three characters in UTF-8, five in GBK, ten letters', () => {
    expect(fieldsOf(areaFields, ['网格编', '网格名', '家庭户', 'grid_leade'])).toEqual({
      code: ['网格编'],
      name: ['网格名'],
      households: ['家庭户'],
      leader: ['grid_leade'],
    })
    expect(fieldsOf(incidentFields, ['所属网格编', '潜在内涝点'])).toEqual({
      gridCode: ['所属网格编'],
      title: ['潜在内涝点'],
    })
  })

  it('are known with the datum that they begin with', () => {
    const fields = fieldsOf(incidentFields, ['发生时', '百度经', '百度纬', '办结时间'])
    expect(fields).toEqual({ happenedAt: ['发生时'], lon: ['百度经'], lat: ['百度纬'], closedAt: ['办结时间'] })
    expect(fieldsOf(incidentFields, ['GCJ02经', 'GCJ02纬'])).toEqual({ lon: ['GCJ02经'], lat: ['GCJ02纬'] })
    expect(fieldsOf(incidentFields, ['百度坐标经', '百度坐标纬'])).toEqual({ lon: ['百度坐标经'], lat: ['百度坐标纬'] })
  })

  it('are named where they fit several fields', () => {
    const map = new ColumnMap(incidentFields, new Map())
    expect(fieldsOf(incidentFields, ['发生时', '发生_1'])).toEqual({})
    map.learn(['办结时', '百度经', '发生时'])
    expect([map.unclear(), map.described()]).toEqual([
      ['办结时', '百度经'],
      [{ field: 'happenedAt', columns: ['发生时'] }],
    ])
  })

  it('are left to the person where two fields begin like that, and never win over a whole name', () => {
    expect(fieldsOf(incidentFields, ['网格编', '事件'])).toEqual({ gridCode: ['网格编'] })
    expect(fieldsOf(areaFields, ['网格名', '网格名称'])).toEqual({ name: ['网格名称', '网格名'] })
    expect(fieldsOf(areaFields, ['community_'])).not.toHaveProperty('name')
  })
})
