import { ColumnMap } from '@minqing/data/formats/columns'
import { incidentFields } from '@minqing/data/formats/field-names'
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

  it('reads a position in degrees, minutes and seconds, or both in one cell', () => {
    const plain = (x: number, y: number): [number, number] => [x, y]
    const written = view(['经度', '东经114度18分'], ['纬度', '30°35′12.5″N'])
    expect(readPosition(written, plain)).toMatchObject({ lon: 114.3, lat: 30.5868056 })
    expect(readPosition(view(['经纬度', '30.6，114.3']), plain)).toMatchObject({ lon: 114.3, lat: 30.6 })
    const crossed = view(['经度', '30°35′N'], ['纬度', '114°18′E'])
    readPosition(crossed, plain)
    expect(crossed.faults.map(({ reason }) => reason.zh)).toContain('经度写在了纬度列，或纬度写在了经度列')
    const unclear = view(['坐标', '十字路口'])
    expect([readPosition(unclear, plain), unclear.faults[0]?.column]).toEqual([null, '坐标'])
  })
})
