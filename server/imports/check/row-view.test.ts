import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { incidentFields } from '@minqing/data/formats/field-names'
import { LocalTime } from '@minqing/data/domain/local-time'
import { riskWords } from '@minqing/data/formats/words/words'
import { toLonLat } from '@minqing/data/geo/crs'
import { describe, expect, it } from 'vitest'
import { readPosition } from './read-position.ts'
import { RowView } from './row-view.ts'

function view(...cells: [string, unknown][]): RowView {
  const columns = new ColumnMap(incidentFields, new Map())
  columns.learn(cells.map(([name]) => name))
  const row = { ordinal: 1, line: 2, geometry: undefined, id: null, raw: null, fault: null }
  return new RowView(columns, new Map()).show({ ...row, cells: cells.map(([, value]) => value) })
}

describe('RowView', () => {
  it('reads full-width digits in numbers and codes, and codes that went through a spreadsheet', () => {
    const row = view(['涉及人数', '１２人'], ['网格编码', '４２０１０２０１２００１００１'])
    expect([row.whole('involvedCount'), row.code('gridCode', 15)]).toEqual([12, '420102012001001'])
    for (const code of ["'420102012001001", ' 420102012 001001', '420102012001001.0', 420102012001001])
      expect(view(['网格编码', code]).code('gridCode', 15)).toBe('420102012001001')
    const rounded = view(['网格编码', '4.20102E+14'])
    expect([rounded.code('gridCode', 15), rounded.faults[0]?.reason.zh]).toEqual([
      null,
      expect.stringMatching(/科学计数/),
    ])
  })

  it('joins a date and a time of day that stand in two columns', () => {
    const read = (...cells: [string, unknown][]) => view(...cells).instant('happenedAt', new LocalTime('Asia/Shanghai'))
    const expected = '2026-05-01T00:05:00.000Z'
    expect(read(['日期', '2026-05-01'], ['时间', '08:05'])).toBe(expected)
    expect(read(['发生日期', '2026年5月1日'], ['时间', '上午8点5分'])).toBe(expected)
    expect(read(['发生日期', '2026-05-01T00:00:00'], ['发生时间', 0.336805555555556])).toBe(expected)
    expect(read(['发生时间', '20260501'], ['时间', '8:05:00'])).toBe(expected)
    expect(read(['发生时间', '2026-05-01 08:05'], ['时间', '23:00'])).toBe(expected)
    expect(read(['发生日期', '2026-05-01'], ['时间', ''])).toBe('2026-04-30T16:00:00.000Z')
  })

  it.each(['0000-00-00 00:00:00', '1900-01-01', '1900/1/0', '0001-01-01 00:00:00', '1899-12-30T00:00:00'])(
    'takes %s for no date, as databases and spreadsheets mean it',
    (text) => {
      const row = view(['办结时间', text])
      expect([row.instant('closedAt', new LocalTime('Asia/Shanghai')), row.faults]).toEqual([null, []])
    },
  )

  it('reads a geometry that PostGIS wrote as hexadecimal digits', () => {
    const point = `0101000020E6100000${Buffer.from(Float64Array.of(114.3, 30.6).buffer).toString('hex')}`
    expect(readPosition(view(['geom', point]), (x, y) => [x, y])).toMatchObject({ lon: 114.3, lat: 30.6 })
    const broken = view(['geom', point.slice(0, -4)])
    expect([broken.geometry('geometry'), broken.faults[0]?.reason.zh]).toEqual([undefined, '几何数据已损坏'])
  })

  it('passes over the apostrophe that marks digits as text', () => {
    const row = view(['发生时间', "'2026-05-01 08:05"], ['经度', "'114.305"], ['涉及人数', '’12'])
    const read = [
      row.instant('happenedAt', new LocalTime('Asia/Shanghai')),
      row.degrees('lon'),
      row.whole('involvedCount'),
    ]
    expect([read, row.faults]).toEqual([['2026-05-01T00:05:00.000Z', 114.305, 12], []])
  })

  it('says which words there are where one is none of them', () => {
    const row = view(['风险等级', '天蓝'])
    expect([row.knownWord('risk', riskWords), row.faults[0]?.reason.zh]).toEqual([
      null,
      '不在可用的取值之内：重大、较大、一般、苗头',
    ])
  })

  it.each(['——', '<空>', '#N/A', '暂无'])('takes %s for nothing', (text) => {
    const row = view(['经度', text], ['办结时间', text], ['涉及人数', text], ['风险等级', text])
    const read = [
      row.degrees('lon'),
      row.instant('closedAt', new LocalTime('Asia/Shanghai')),
      row.whole('involvedCount'),
      row.word('risk', riskWords, 'blue'),
    ]
    expect([read, row.faults]).toEqual([[null, null, null, null], []])
  })

  it('refuses a number whose last digits a spreadsheet has lost', () => {
    const rounded = view(['工单编号', '2.02605E+17'])
    rounded.identifier('number', 64)
    expect(rounded.faults[0]?.reason.zh).toMatch(/科学计数/)
    for (const marked of ["'00123", '="00123"', '\t00123'])
      expect(view(['工单编号', marked]).identifier('number', 64)).toBe('00123')
    const own = view(['工单编号', '3E12'])
    expect([own.identifier('number', 64), own.faults]).toEqual(['3E12', []])
  })

  it('reads a position in degrees, minutes and seconds, or both in one cell', () => {
    const plain = (x: number, y: number): [number, number] => [x, y]
    const written = view(['经度', '东经114度18分'], ['纬度', '30°35′12.5″N'])
    expect(readPosition(written, plain)).toMatchObject({ lon: 114.3, lat: 30.5868056 })
    expect(readPosition(view(['经纬度', '30.6，114.3']), plain)).toMatchObject({ lon: 114.3, lat: 30.6 })
    expect(readPosition(view(['坐标', 'POINT (114.3 30.6)']), plain)).toMatchObject({ lon: 114.3, lat: 30.6 })
    expect(readPosition(view(['address', '一元路'], ['location', '114.3,30.6']), plain)).toMatchObject({ lon: 114.3 })
    expect(readPosition(view(['地址', '一元路2,3号']), plain)).toBeNull()
    const projected = view(['经度', 114.3], ['纬度', 30.6])
    readPosition(projected, toLonLat('EPSG:4547'))
    expect(projected.faults[0]?.reason.zh).toContain('以米为单位')
    const crossed = view(['经度', '30°35′N'], ['纬度', '114°18′E'])
    readPosition(crossed, plain)
    expect(crossed.faults.map(({ reason }) => reason.zh)).toContain('经度写在了纬度列，或纬度写在了经度列')
    const unclear = view(['坐标', '十字路口'])
    expect([readPosition(unclear, plain), unclear.faults[0]?.column]).toEqual([null, '坐标'])
    const inDegrees = view(['坐标', '114.3,30.6'])
    expect([readPosition(inDegrees, toLonLat('EPSG:4547')), inDegrees.faults[0]?.column]).toEqual([null, '坐标'])
  })

  it('joins degrees, minutes and seconds that stand in columns of their own', () => {
    const columns = ['经度(度)', '经度(分)', '经度(秒)', '纬度/度', '纬度/分', '纬度/秒']
    const read = (...cells: unknown[]) => {
      const row = view(...columns.map((column, index): [string, unknown] => [column, cells[index]]))
      const position = readPosition(row, (x, y) => [x, y])
      return [position?.lon, position?.lat, ...row.faults.map(({ column, reason }) => `${column} ${reason.zh}`)]
    }
    const place = [114.3085, 30.5868056]
    expect(read(114, 18, 30.6, 30, 35, 12.5)).toEqual(place)
    expect(read('114°', '18′', '30.6″', '30度', '35分', '12.5秒')).toEqual(place)
    expect(read('１１４', '18.0', '30.6', '30.0', '35', '12.5')).toEqual(place)
    expect(read(114, 18.51, '', 30, 35, 12.5)).toEqual(place)
    expect(read('', '', '', '—', '', '')).toEqual([undefined, undefined])
    const [, , broken = ''] = read(114.3, 18, 30, 30, 35, 12)
    expect(broken).toMatch(/^经度\(度\) 度、分、秒三列合不成一个角度/)
    for (const cells of [
      [114, 75, 1],
      [114, '', 30],
      ['', 18, 30],
    ])
      expect(read(...cells, 30, 35, 12).slice(2)).toHaveLength(1)
    expect(read(114, 18, 30.6, '', '', '').slice(2)).toEqual(['纬度/度 必填项为空'])
  })
})
