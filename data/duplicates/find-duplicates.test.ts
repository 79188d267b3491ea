import { expect, test } from 'vitest'
import { compareReports } from './compare-reports.ts'
import { areComparable, findDuplicates, mostProposals } from './find-duplicates.ts'
import { profileOf, type Report } from './report.ts'
import { TextSimilarity } from './text-similarity.ts'

const first: Report = {
  buildingCode: '99010100100500051',
  gridCode: '990101001005001',
  position: { lon: 114.3, lat: 30.6 },
  address: '同善巷竹苑小区2栋',
  title: '竹苑小区2栋2单元5楼楼上厨房漏水，楼下吊顶发霉',
  text: '居民到窗口登记：王女士家厨房漏水已半个月，造成吊顶发霉，楼上房屋出租，房东在外地。',
  happenedAt: '2026-03-02T08:00:00+08:00',
  reportedAt: '2026-03-02T09:00:00+08:00',
}
const again: Report = {
  ...first,
  buildingCode: null,
  position: { lon: 114.3002, lat: 30.6001 },
  address: '竹苑小区2幢',
  title: '竹苑小区2栋厨房漏水',
  text: '来电称：厨房漏水半个月了，吊顶发霉，王女士找不到房东。',
  happenedAt: '2026-03-02T09:00:00+08:00',
  reportedAt: '2026-03-03T20:00:00+08:00',
}
/** What else is reported around it. */
const others: Report[] = ['路灯不亮', '垃圾桶满溢', '共享单车乱停放', '广场舞音响扰民', '电梯停运'].map((what, i) => ({
  ...first,
  buildingCode: null,
  address: `同善巷${i + 1}号`,
  title: `同善巷${i + 1}号${what}，请派人查看`,
  text: `网格员巡查发现：${what}。`,
  reportedAt: `2026-03-0${i + 1}T12:00:00+08:00`,
}))

test('the same case by another channel is proposed, with its reasons', () => {
  const [likely, ...rest] = findDuplicates(again, [...others, first])
  expect(rest).toEqual([])
  expect(likely).toMatchObject({ report: first, hours: 35, metres: expect.closeTo(22, 0) })
  const levels = Object.fromEntries(likely!.reasons.map(({ comparison, level }) => [comparison, level]))
  expect(levels).toMatchObject({ place: 'building', time: '3 d', happened: '3 h', party: 'same' })
  const sum = likely!.reasons.reduce((total, { bits }) => total + bits, 0)
  expect(likely!.score).toBeCloseTo(sum - 9.2)
  expect(likely!.reasons.map(({ bits }) => Math.abs(bits))).toEqual(
    likely!.reasons.map(({ bits }) => Math.abs(bits)).toSorted((a, b) => b - a),
  )
})

test('a title is enough while typing', () => {
  const typed = { ...again, text: '', happenedAt: null }
  const [likely] = findDuplicates(typed, [...others, first])
  expect(likely?.report).toBe(first)
  expect(likely?.text).toBeNull()
  expect(likely?.reasons.some(({ comparison }) => comparison === 'text' || comparison === 'happened')).toBe(false)
})

test.each([
  ['another household', { title: '竹苑小区2栋1单元3楼楼上厨房漏水', text: '李师傅家厨房漏水，地板起鼓。' }],
  [
    'another building',
    { buildingCode: null, address: '竹苑小区3栋', title: '竹苑小区3栋厨房漏水', text: '来电称：厨房漏水。' },
  ],
  ['another matter', { title: '竹苑小区2栋2单元5楼婆媳争吵', text: '婆媳因带孩子方式争吵，儿子两头为难。' }],
  ['weeks later', { reportedAt: '2026-03-26T09:00:00+08:00', happenedAt: '2026-03-26T08:00:00+08:00' }],
])('%s is not', (_, other) => {
  expect(findDuplicates({ ...again, ...other }, [...others, first])).toEqual([])
})

test('at most five are proposed, the likeliest first', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ ...first, reportedAt: `2026-03-0${i + 1}T09:00:00+08:00` }))
  const found = findDuplicates(first, [...others, ...many])
  expect(found).toHaveLength(mostProposals)
  expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a))
})

test('what is empty or unknown says nothing', () => {
  const nothing: Report = {
    buildingCode: null,
    gridCode: null,
    position: null,
    address: '',
    title: '，',
    text: '',
    happenedAt: null,
    reportedAt: first.reportedAt,
  }
  const [a, b] = [profileOf(nothing), profileOf(first)]
  const { agreement, metres, subject, text } = compareReports(a, b, new TextSimilarity([a.words, b.words]))
  const { time, ...said } = agreement
  expect(time).toBe('3 d')
  expect(new Set(Object.values(said))).toEqual(new Set(['unknown']))
  expect([metres, subject, text]).toEqual([null, null, null])
  expect(areComparable(a, b)).toBe(false)
})

test('comparable are reports that are near in place and time', () => {
  const near = (change: Partial<Report>) => areComparable(profileOf(first), profileOf({ ...first, ...change }))
  expect(near({})).toBe(true)
  expect(near({ buildingCode: null, position: { lon: 114.304, lat: 30.6 } })).toBe(false)
  expect(near({ buildingCode: null, position: null })).toBe(true)
  const unplaced = { buildingCode: null, position: null, gridCode: null }
  expect(near(unplaced)).toBe(true)
  expect(near({ ...unplaced, address: '同善巷', title: '厨房漏水' })).toBe(false)
  expect(near({ reportedAt: '2026-04-02T09:00:01+08:00' })).toBe(false)
})
