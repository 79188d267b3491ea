import { describe, expect, it } from 'vitest'
import type { FieldName } from '../../domain/field-name.ts'
import { ColumnMap } from './columns.ts'
import { areaFields, buildingFields, facilityFields, incidentFields, type FieldNames } from '../field-names.ts'

const map = (fields: FieldNames, columns: string[], manual: [string, string][] = []) => {
  const found = new ColumnMap(fields, new Map(manual))
  found.learn(columns)
  return Object.fromEntries(found.described().map(({ field, columns }) => [field, columns]))
}

describe('ColumnMap', () => {
  it('recognises a 12345 ledger', () => {
    const columns = [
      '序号',
      '工单编号',
      '诉求标题',
      '诉求内容',
      '诉求类型',
      '来源渠道',
      '事发地址',
      '来电时间',
      '办结时间',
      '办理状态',
      '经度',
      '纬度',
    ]
    expect(map(incidentFields, columns)).toEqual({
      number: ['工单编号'],
      title: ['诉求标题'],
      text: ['诉求内容'],
      type: ['诉求类型'],
      channel: ['来源渠道'],
      address: ['事发地址'],
      reportedAt: ['来电时间'],
      closedAt: ['办结时间'],
      status: ['办理状态'],
      lon: ['经度'],
      lat: ['纬度'],
    })
  })

  it('recognises the ledger of a mediation committee', () => {
    const columns = '登记日期 矛盾纠纷类别 纠纷简要情况 当事人 线索来源 排查时间 化解时限 调解成功日期 是否化解'.split(
      ' ',
    )
    expect(map(incidentFields, columns)).toEqual({
      reportedAt: ['登记日期', '排查时间'],
      type: ['矛盾纠纷类别'],
      text: ['纠纷简要情况'],
      channel: ['线索来源'],
      dueAt: ['化解时限'],
      closedAt: ['调解成功日期'],
      status: ['是否化解'],
    })
  })

  it('takes the case’s own number and the day it came in before what else a ledger holds', () => {
    const columns = '录入时间 登记日期 事项编号 工单编号'.split(' ')
    expect(map(incidentFields, columns)).toEqual({
      number: ['工单编号', '事项编号'],
      reportedAt: ['登记日期', '录入时间'],
    })
  })

  it('reads nothing of persons as what happened, and no cut time as a deadline', () => {
    const columns = ['当事人/基本情况', '基本情况（姓名、身份证号、电话）', '来访形式', '处置时']
    expect(map(incidentFields, columns)).toEqual({})
  })

  it('has no name under two fields of an incident', () => {
    const names = Object.values(incidentFields).flatMap((known) => [...new Set<string>(known)])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  it('passes over case, width, spaces, units and a translation in brackets', () => {
    expect(map(incidentFields, ['纬度 (Latitude)', '经度（Longitude）', 'Time_Stamp', ' 标 题 '])).toEqual({
      lat: ['纬度 (Latitude)'],
      lon: ['经度（Longitude）'],
      happenedAt: ['Time_Stamp'],
      title: [' 标 题 '],
    })
    expect(map(buildingFields, ['建筑高度（米）', 'addr:street'])).toEqual({
      height: ['建筑高度（米）'],
      addressStreet: ['addr:street'],
    })
  })

  it('prefers the better name where a file has two', () => {
    expect(map(buildingFields, ['name:en', 'name:zh', 'name'])['name']).toEqual(['name', 'name:zh', 'name:en'])
    expect(map(areaFields, ['precinct'])['name']).toEqual(['precinct'])
  })

  it('takes only the column that was said by hand', () => {
    expect(map(incidentFields, ['标题', '主题'], [['title', '主题']])['title']).toEqual(['主题'])
    expect(() => new ColumnMap(incidentFields, new Map([['titel', 'x']]))).toThrow(/没有字段“titel”/)
    const absent = new ColumnMap(incidentFields, new Map([['title', '没有的列']]))
    absent.learn(['标题'])
    expect(absent.missing()).toEqual(['没有的列'])
  })

  it('answers to every name of its tables, each under one field at most twice', () => {
    for (const fields of [incidentFields, areaFields, buildingFields, facilityFields] as FieldNames[])
      for (const [field, names] of Object.entries(fields))
        for (const name of names)
          expect([name, Object.keys(map(fields, [name]))]).toEqual([name, expect.arrayContaining([field as FieldName])])
  })

  it('knows a column by its two lowest levels either way round', () => {
    const columns = ['基本情况/时间/发生', '基本情况/时间/上报', '处置/渠道', '处置/时间/办结']
    expect(map(incidentFields, columns)).toEqual({
      happenedAt: ['基本情况/时间/发生'],
      reportedAt: ['基本情况/时间/上报'],
      closedAt: ['处置/时间/办结'],
      channel: ['处置/渠道'],
    })
  })

  it('knows a column by each of its levels, and with a unit in any brackets', () => {
    const columns = ['时间/发生/日期', '时间/发生/时间', '时间/办结/日期', '经度[度]', '纬度【度】']
    expect(map(incidentFields, columns)).toEqual({
      happenedAt: ['时间/发生/时间', '时间/发生/日期'],
      closedAt: ['时间/办结/日期'],
      lon: ['经度[度]'],
      lat: ['纬度【度】'],
    })
  })

  it('reads the datum in the names of coordinates', () => {
    const datum = (...columns: string[]) => {
      const found = new ColumnMap(incidentFields, new Map())
      found.learn(columns)
      return [found.indices('lon')[0]?.column ?? found.indices('lonLat')[0]?.column, found.datum()]
    }
    expect(datum('经度(GCJ02)', '纬度(GCJ02)')).toEqual(['经度(GCJ02)', 'gcj02'])
    expect(datum('百度经度', '百度纬度')).toEqual(['百度经度', 'bd09'])
    expect(datum('高德坐标')).toEqual(['高德坐标', 'gcj02'])
    expect(datum('bd_lng', 'bd_lat')).toEqual(['bd_lng', 'bd09'])
    expect(datum('经度', '纬度（WGS84）')).toEqual(['经度', 'wgs84'])
    expect(datum('经度', '纬度')).toEqual(['经度', null])
    const outline = new ColumnMap(areaFields, new Map())
    outline.learn(['网格名称', '边界坐标（高德）'])
    expect([outline.indices('geometry').length, outline.datum()]).toEqual([1, 'gcj02'])
    expect(datum('lng_bd09mc', 'lat_bd09mc')).toEqual([undefined, null])
  })

  it('never takes the longitude of one datum and the latitude of another', () => {
    const columns = ['lng_bd09', 'lat_bd09', '经度', '纬度', 'lng_wgs84', 'lat_wgs84', 'lng_gcj02']
    const taken = (wanted: 'bd09' | 'gcj02' | 'cgcs2000' | null) => {
      const found = new ColumnMap(incidentFields, new Map(), new Set(), wanted)
      found.learn(columns)
      return (['lon', 'lat'] as const).map((field) => found.indices(field).map(({ column }) => column))
    }
    expect(taken(null)).toEqual([['lng_wgs84'], ['lat_wgs84']])
    expect(taken('bd09')).toEqual([['lng_bd09'], ['lat_bd09']])
    // A longitude alone is none: the columns that say nothing are meant.
    expect(taken('gcj02')).toEqual([['经度'], ['纬度']])
    expect(taken('cgcs2000')).toEqual([['经度'], ['纬度']])
  })

  it('takes the first of two columns of one name', () => {
    const found = new ColumnMap(incidentFields, new Map())
    found.learn(['编号', '类型', '', '类型', '数量'])
    expect(found.indices('type')).toEqual([expect.objectContaining({ index: 1 })])
  })
})
