import { faultPlace } from '@minqing/data/domain/import'
import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { incidentFields } from '@minqing/data/formats/field-names'
import { toLonLat } from '@minqing/data/geo/crs'
import { PackedAreas } from '@minqing/data/geo/packed-areas'
import { describe, expect, it } from 'vitest'
import { AreaIndex, type KnownArea } from '../check/area-index.ts'
import { incidents } from './incidents.ts'
import { planImport } from '../plan.ts'
import { SeenKeys } from '../check/repeats.ts'
import { rowNames } from '../check/check-context.ts'
import { RowView } from '../check/row-view.ts'

/** A row of a ledger as it would be staged, with what was remarked, or its faults. */
function check(row: Record<string, unknown>, areas: KnownArea[] = [], street: string | undefined = '420102012') {
  const request = { collection: 'incidents', ...(street === '' ? {} : { street }) } as const
  const plan = planImport(request, '台账.xlsx')
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
  const rowNotes: string[] = []
  const values = incidents.check(view, {
    plan,
    // Of a street that is named for the whole file, the others are not read.
    areas: new AreaIndex(
      areas.filter(({ code }) => code.startsWith(plan.street?.code ?? '')),
      plan.street?.code ?? null,
    ),
    crs: 'wgs84',
    convert: toLonLat('wgs84'),
    local: plan.local,
    repeats: new SeenKeys(),
    nameRow: rowNames({}),
    tiles: new PackedAreas(),
    note: ({ zh }) => rowNotes.push(zh),
  })
  const at = (column: string) => (values === null || values === 'skipped' ? undefined : values[column])
  return { at, rowNotes, faults: view.faults.map((fault) => [faultPlace(fault)?.zh, fault.reason.zh]) }
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

  it('keeps an interval, in two columns whichever is the earlier or in one', () => {
    const times = (row: Record<string, string>) => {
      const { at, faults } = check(row)
      return [at('happened_at'), at('happened_until'), ...faults]
    }
    const [from, until] = ['2026-05-01T00:05:00.000Z', '2026-05-01T02:00:00.000Z']
    const expected = [from, until]
    const pairs = [
      ['开始时间', '结束时间'],
      ['发生时间起', '发生时间止'],
      ['发案时间（起）', '发案时间（止）'],
      ['发生时间/起', '发生时间/止'],
      ['事发开始时间', '事发结束时间'],
      ['happened_at', 'happened_until'],
      ['start_time', 'end_time'],
      ['from', 'to'],
    ] as const
    expect(times({ 发案时间上限: '2026-05-01 08:05', 发案时间下限: '2026-05-01 10:00' })).toEqual(expected)
    expect(times({ 发案时间上限: '2026-05-01 10:00', 发案时间下限: '2026-05-01 08:05' })).toEqual(expected)
    for (const [begin, end] of pairs)
      expect(times({ [begin]: '2026-05-01 08:05', [end]: '2026-05-01 10:00' }), begin).toEqual(expected)
    expect(times({ 发生时间: '2026-05-01 08:05至10:00' })).toEqual(expected)
    expect(times({ 开始时间: '2026-05-01 08:05', 结束时间: '2026-05-01' })).toEqual([from, '2026-05-01T15:59:59.000Z'])
    expect(times({ 发生时间: '2026-05-01 08:05', 结束时间: '' })).toEqual([from, null])
    expect(times({ 结束时间: '2026-05-01 08:05' })).toEqual([from, null])
    expect(times({ 开始时间: '2026-05-01 08:05', 结束时间: '去年' })[0]).toBeUndefined()
  })

  it('says where an interval ends before it begins, and exchanges the two', () => {
    const { at, rowNotes } = check({ 发生时间起: '2026-05-02', 发生时间止: '2026-05-01 10:00' })
    expect([at('happened_at'), at('happened_until')]).toEqual(['2026-05-01T02:00:00.000Z', '2026-05-02T15:59:59.000Z'])
    expect(rowNotes).toContain('发生时间的止早于起，已按先后对调，请核对')
  })

  it('lets a case be closed on the day of its report, and not on a day before', () => {
    const same = check({ 上报时间: '2026-05-01 08:05', 办结时间: '2026/5/1' })
    expect([same.at('closed_at'), same.faults]).toEqual(['2026-05-01T00:05:00.000Z', []])
    expect(same.rowNotes.join()).toContain('办结只写了日期')
    for (const closed of ['2026-04-30', '2026-05-01 08:00'])
      expect(check({ 上报时间: '2026-05-01 08:05', 办结时间: closed }).faults).toEqual([
        ['办结时间', '办结时间早于上报时间'],
      ])
  })

  it('says which column there should be where there is none of times', () => {
    expect(check({ 标题: '漏水' }).faults).toEqual([['发生时间', expect.stringContaining('没有认得的时间列')]])
    expect(check({ 上报时间: '' }).faults).toEqual([['发生时间', '必填项为空']])
  })

  it('notes a date without a time, but not a midnight that is written out', () => {
    for (const day of ['2026-05-01', '2026年5月1日', '20260501'])
      expect(check({ 发生时间: day }).rowNotes.join()).toContain('记为当天零点')
    for (const time of ['2026-05-01 00:00', '2026-05-01 08:05'])
      expect(check({ 发生时间: time }).rowNotes.join()).not.toContain('零点')
    expect(check({ 发生日期: '2026-05-01', 时间: '08:05' }).rowNotes.join()).not.toContain('零点')
  })

  it('asks for a time where there is only a placeholder for one', () => {
    expect(check({ 发生时间: '0000-00-00 00:00:00' }).faults).toEqual([['发生时间', '必填项为空']])
  })

  it('leaves out a deadline of so many days, and a closing that says it is none', () => {
    for (const days of ['7', '5个工作日', '15天']) {
      const found = check({ 上报时间: '2026-05-01', 办理期限: days })
      expect([found.at('due_at'), found.rowNotes.join()]).toEqual([null, expect.stringContaining('没有换算')])
    }
    for (const word of ['未办结', '办理中', '否'])
      expect(check({ 上报时间: '2026-05-01', 办结时间: word }).at('closed_at')).toBeNull()
    expect(check({ 上报时间: '2026-05-01', 办结时间: '已办结' }).faults).toHaveLength(1)
  })
})

describe('the channel of a case', () => {
  const read = (channel?: string) =>
    check({ 发生时间: '2026-05-01', 类型: '邻里', ...(channel === undefined ? {} : { 来源: channel }) })

  it('defaults to the department’s, with a note, where a ledger gives none or “other”', () => {
    for (const word of ['其他', '其它', '无', '']) {
      const found = read(word)
      expect([found.at('channel'), found.faults]).toEqual(['department', []])
      expect(found.rowNotes.join()).toContain('记为“部门转办”')
    }
    expect(read().rowNotes.join()).toContain('没有写渠道')
    expect([read('网格员上报').at('channel'), read('网格员上报').rowNotes.join()]).toEqual([
      'grid_app',
      expect.not.stringContaining('渠道'),
    ])
  })

  it('is the department’s where nobody knows the word', () => {
    expect([read('信鸽').at('channel'), read('信鸽').faults]).toEqual(['department', []])
  })

  it('is read from the form of a petition', () => {
    const form = (word: string) => check({ 发生时间: '2026-05-01', 信访形式: word, 信访人数: '12' })
    expect([form('集体访').at('channel'), form('网上信访').at('channel'), form('来信').at('channel')]).toEqual([
      'walk_in',
      'sunshine_petition',
      'sunshine_petition',
    ])
    expect(form('来信').at('involved_count')).toBe(12)
  })
})

describe('the place of a case', () => {
  /** A box of a hundredth of a degree, the given number of boxes east. */
  const area = (code: string, name: string, east: number, source = 'import:x'): KnownArea => {
    const [west, south] = [114 + east / 100, 30.6]
    const ring = [0, 1, 2, 3, 0].map((at) => [west + (at % 3 === 0 ? 0 : 0.01), south + (at < 2 ? 0 : 0.01)])
    const level = code.length === 9 ? 'street' : code.length === 12 ? 'community' : 'grid'
    const geometry = JSON.stringify({ type: 'Polygon', coordinates: [ring] })
    return { code, name, level, source, sourceId: null, lon: west + 0.005, lat: 30.605, geometry }
  }
  const areas = [
    area('990101001', '江湾街道', 7, 'demo'),
    area('990101001001', '春江社区', 7, 'demo'),
    area('420102012', '丹水池街道', 0),
    area('420102012001', '春江社区', 0),
    area('420102012001001', '第一网格', 0),
    area('420102012002', '秋水社区', 1),
    area('420102012002001', '第一网格', 1),
    area('420102012002002', '第二网格', 2),
    area('420103001', '新华街道', 4),
    area('420103001001', '春江社区', 4),
    area('420103001001001', '第一网格', 4),
  ]
  const row = { 编号: '1', 标题: '漏水', 发生时间: '2026-05-01 08:05' }
  const place = (cells: Record<string, unknown>, street = '') => {
    const { at, rowNotes, faults } = check({ ...row, ...cells }, areas, street)
    const sameName = rowNotes.filter((note) => note.includes('同名'))
    expect(sameName.length, 'once a row').toBeLessThan(2)
    return [at('grid_code') ?? at('community_code') ?? at('street_code') ?? faults, sameName.length === 1]
  }

  it('is the grid of that name within the community or street that the row says', () => {
    expect(place({ 所属社区: '秋水社区', 所属网格: '第一网格' })).toEqual(['420102012002001', false])
    expect(place({ 街道: '新华街道', 所属社区: '春江社区', 所属网格: '第一网格' })).toEqual(['420103001001001', false])
    expect(place({ 街道编码: '420103001', 所属网格: '第一网格' })).toEqual(['420103001001001', false])
    expect(place({ 街道: '丹水池街道', 所属社区: '春江社区' })).toEqual(['420102012001', false])
    expect(place({ 所属网格: '第二网格' })).toEqual(['420102012002002', false])
  })

  it('of several of one name is the one in --street or around the position, and never just any', () => {
    expect(place({ 所属社区: '春江社区' }, '420102012')).toEqual(['420102012001', false])
    expect(place({ 所属网格: '第一网格', 经度: 114.015, 纬度: 30.605 })).toEqual(['420102012002001', false])
    expect(place({ 所属网格: '第一网格' }, '420102012')).toEqual(['420102012', true])
    expect(place({ 社区: '春江' }, '420102012')).toEqual(['420102012001', false])
    expect(place({ 所属网格: '第一网格' })).toEqual([[['所属网格', expect.any(String)]], true])
  })

  it('is asked for by what the field is called where the file has no such column', () => {
    expect(place({})).toEqual([[['网格编码', expect.stringContaining('无法确定所属街道')]], false])
  })

  it('is left to what else the row says when the name is not known', () => {
    expect(place({ 所属社区: '秋水社区', 所属网格: '第九网格' })).toEqual(['420102012002', true])
    expect(place({ 所属网格: '第九网格', 经度: 114.005, 纬度: 30.605 })).toEqual(['420102012001001', true])
    // Another street's, community's or grid's of the same name may be meant.
    for (const above of [{ 街道: '解放街道' }, { 街道编码: '420109999' }, { 街道编码: "'420102012.0" }])
      expect(place({ ...above, 所属网格: '第九网格', 经度: 114.005, 纬度: 30.605 })[1]).toBe(true)
    expect(place({ 街道: '解放街道', 所属网格: '第二网格', 经度: 114.005, 纬度: 30.605 })).toEqual([
      '420102012001001',
      true,
    ])
    expect(place({ 街道编码: '420103001', 所属网格: '第二网格' }, '420102012')[0]).toEqual([
      ['街道编码', expect.stringContaining('没有这个编码')],
    ])
    expect(place({ 街道: '丹水池街', 街道编码: '420102012.0', 所属网格: '第二网格' })).toEqual([
      '420102012002002',
      false,
    ])
    // A grid of that name there is, but not in the community that the row says.
    expect(place({ 所属社区: '春江社区', 所属网格: '第二网格' }, '420102012')).toEqual(['420102012001', true])
    expect(place({ 所属网格: '420102012009009' })).toEqual([
      [['所属网格', expect.stringContaining('没有这个编码')]],
      false,
    ])
  })
})

describe('the status of a case', () => {
  const status = (cells: Record<string, string>) => check({ 受理日期: '2025-01-03', ...cells }).at('status')

  it.each([
    ['是否成功', '是', '70'],
    ['是否成功', '否', '50'],
    ['是否化解', '√', '70'],
    ['办理情况', '已联系物业，已解决', '70'],
    ['办理情况', '未解决', '50'],
    ['调解结果', '达成调解协议', '70'],
    ['整改情况', '限期整改', '50'],
    ['工单状态', '已退单', '45'],
    ['状态', '未知', '99'],
    ['状态', '云里雾里', '99'],
    ['状态', '', null],
  ])('is told by %s “%s”', (column, word, code) => expect(status({ [column]: word })).toBe(code))

  it('is what the first column says that is understood', () => {
    expect(status({ 状态: '云里雾里', 办理情况: '已办结' })).toBe('70')
    expect(status({ 状态: '处理中', 是否办结: '是' })).toBe('50')
  })

  it('takes the day of a mediation for the end of a case only where it ended well', () => {
    const mediated = (outcome: string) => check({ 受理日期: '2025-01-03', 调解日期: '2025-01-06', 是否成功: outcome })
    expect(mediated('是').at('closed_at')).toBe('2025-01-05T16:00:00.000Z')
    expect([mediated('否').at('closed_at'), mediated('否').rowNotes.join()]).toEqual([
      null,
      expect.stringContaining('还没有办结'),
    ])
  })

  it('reads the columns of a list of hazards', () => {
    const found = check({
      隐患编号: 'Y-1',
      隐患类别: '消防',
      隐患描述: '楼道堆物',
      隐患位置: '甲路1号',
      隐患级别: '重大隐患',
      排查时间: '2025-01-03',
      整改期限: '2025-01-10',
      整改时间: '2025-01-08',
      整改情况: '已整改',
    })
    const fields = ['number', 'type', 'text', 'address', 'risk', 'status', 'due_at', 'closed_at'].map(found.at)
    expect(fields).toEqual([
      'Y-1',
      'E02',
      '楼道堆物',
      '甲路1号',
      'red',
      '70',
      '2025-01-10T15:59:59.000Z',
      '2025-01-07T16:00:00.000Z',
    ])
  })
})

describe('the type of a case', () => {
  it('is the finest class that is understood, whatever the type column says', () => {
    const classes = { 发生时间: '2026-05-01', 工单类型: '投诉', 一级分类: '城乡建设', 二级分类: '市容环境' }
    expect(check({ ...classes, 三级分类: '占道经营' }).at('type')).toBe('E05')
    expect(check({ ...classes, 三级分类: '甲乙丙丁' }).at('type')).toBe('E03')
  })

  it('is the smallest class that is known', () => {
    expect(check({ 发生时间: '2026-05-01', 大类: '矛盾纠纷', 小类: '邻里纠纷' }).at('type')).toBe('D02')
    expect(check({ 发生时间: '2026-05-01', 大类: '市容环境', 小类: '甲乙丙丁' }).at('type')).toBe('E03')
    const row = { 发生时间: '2026-05-01' }
    expect(check({ ...row, 事件类型: '矛盾纠纷', 事件小类: '邻里纠纷' }).at('type')).toBe('D02')
    expect(check({ ...row, 大类: '矛盾纠纷', 小类: '其他' }).at('type')).toBe('D99')
    expect(check({ ...row, 小类: '无' }).at('source_type')).toBeNull()
    for (const hostile of ['邻里\0', `邻里${'纠纷'.repeat(80)}`])
      expect(check({ ...row, 大类: hostile }).faults).toEqual([['大类', expect.any(String)]])
    const unknown = check({ 发生时间: '2026-05-01', 一级分类: '戊己', 二级分类: '甲乙丙丁' })
    expect([unknown.at('type'), unknown.at('source_type')]).toEqual(['E99', '甲乙丙丁'])
  })
})
