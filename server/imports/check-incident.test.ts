import { ColumnMap } from '@minqing/data/formats/columns'
import { incidentFields } from '@minqing/data/formats/field-names'
import { toLonLat } from '@minqing/data/geo/crs'
import { describe, expect, it } from 'vitest'
import { AreaBook } from './area-book.ts'
import { checkIncident } from './check-incident.ts'
import { planImport } from './plan.ts'
import { SeenKeys } from './repeats.ts'
import { rowNames } from './row-names.ts'
import { RowView } from './row-view.ts'
import { staging } from './staging.ts'

/** A row of a ledger as it would be staged, with what was remarked, or its faults. */
function check(row: Record<string, unknown>) {
  const plan = planImport({ collection: 'incidents', street: '420102012' }, '台账.xlsx')
  const columns = new ColumnMap(incidentFields, new Map())
  columns.learn(Object.keys(row))
  const view = new RowView(columns, new Map()).show({
    ordinal: 1,
    line: 2,
    cells: Object.values(row),
    geometry: undefined,
    id: null,
    raw: null,
    fault: null,
  })
  const remarks: string[] = []
  const values = checkIncident(view, {
    plan,
    book: new AreaBook([], '420102012'),
    crs: 'wgs84',
    convert: toLonLat('wgs84'),
    local: plan.local,
    repeats: new SeenKeys(),
    nameRow: rowNames({}),
    tiles: [],
    remark: ({ zh }) => remarks.push(zh),
  })
  const at = (column: string) =>
    Array.isArray(values) ? values[staging.incidents.findIndex(([name]) => name === column)] : undefined
  return { at, remarks, faults: view.faults.map(({ column, reason }) => [column, reason.zh]) }
}

describe('the times of a case', () => {
  it('takes a deadline without a time for the end of its day', () => {
    expect(check({ 发生时间: '2026-05-01 08:05', 办结时限: '2026-05-03' }).at('due_at')).toBe(
      '2026-05-03T15:59:59.000Z',
    )
    expect(check({ 发生时间: '2026-05-01 08:05', 办结时限: '2026-05-03 12:00' }).at('due_at')).toBe(
      '2026-05-03T04:00:00.000Z',
    )
  })

  it('lets a case be closed on the day of its report, and not on a day before', () => {
    const same = check({ 上报时间: '2026-05-01 08:05', 办结时间: '2026/5/1' })
    expect([same.at('closed_at'), same.faults]).toEqual(['2026-05-01T00:05:00.000Z', []])
    expect(same.remarks.join()).toContain('办结只写了日期')
    for (const closed of ['2026-04-30', '2026-05-01 08:00'])
      expect(check({ 上报时间: '2026-05-01 08:05', 办结时间: closed }).faults).toEqual([
        ['办结时间', '办结时间早于上报时间'],
      ])
  })

  it('says which column there should be where there is none of times', () => {
    expect(check({ 标题: '漏水' }).faults).toEqual([['happenedAt', expect.stringContaining('没有认得的时间列')]])
    expect(check({ 上报时间: '' }).faults).toEqual([['happenedAt', '必填项为空']])
  })

  it('tells of a day without a time, and not of a midnight that is written', () => {
    for (const day of ['2026-05-01', '2026年5月1日', '20260501'])
      expect(check({ 发生时间: day }).remarks.join()).toContain('记为当天零点')
    for (const moment of ['2026-05-01 00:00', '2026-05-01 08:05'])
      expect(check({ 发生时间: moment }).remarks.join()).not.toContain('零点')
    expect(check({ 发生日期: '2026-05-01', 时间: '08:05' }).remarks.join()).not.toContain('零点')
  })

  it('asks for a time where there is only a placeholder for one', () => {
    expect(check({ 发生时间: '0000-00-00 00:00:00' }).faults).toEqual([['发生时间', '必填项为空']])
  })

  it('leaves out a deadline of so many days, and a closing that says it is none', () => {
    for (const days of ['7', '5个工作日', '15天']) {
      const found = check({ 上报时间: '2026-05-01', 办理期限: days })
      expect([found.at('due_at'), found.remarks.join()]).toEqual([null, expect.stringContaining('没有换算')])
    }
    for (const word of ['未办结', '办理中', '否'])
      expect(check({ 上报时间: '2026-05-01', 办结时间: word }).at('closed_at')).toBeNull()
    expect(check({ 上报时间: '2026-05-01', 办结时间: '已办结' }).faults).toHaveLength(1)
  })
})

describe('the channel of a case', () => {
  const read = (channel?: string) =>
    check({ 发生时间: '2026-05-01', 类型: '邻里', ...(channel === undefined ? {} : { 来源: channel }) })

  it('is told where a ledger names none of those there are', () => {
    for (const word of ['其他', '其它', '无', '']) {
      const found = read(word)
      expect([found.at('channel'), found.faults]).toEqual(['department', []])
      expect(found.remarks.join()).toContain('记为“部门转办”')
    }
    expect(read().remarks.join()).toContain('没有写渠道')
    expect([read('网格员上报').at('channel'), read('网格员上报').remarks.join()]).toEqual([
      'grid_app',
      expect.not.stringContaining('渠道'),
    ])
  })

  it('is refused where nobody knows it, with those that can be used', () => {
    expect(read('信鸽').faults).toEqual([['来源', expect.stringContaining('12345热线')]])
  })
})
