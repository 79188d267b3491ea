import { expect, test } from 'vitest'
import { findSimilar } from './find-similar.ts'
import type { Report } from './report.ts'

const report = (title: string, text = '', more: Partial<Report> = {}): Report => ({
  buildingCode: null,
  gridCode: null,
  position: null,
  address: '',
  title,
  text,
  reportedAt: '2026-03-01T00:00:00Z',
  happenedAt: null,
  ...more,
})
const leak = report('楼上卫生间漏水，天花板鼓包', '楼上住户装修后漏水，多次沟通无果，要求赔偿天花板损失。')
const others = [
  report('广场舞音响太大', '每晚八点以后仍在跳舞，影响老人休息。'),
  report('厨房漏水泡坏楼下天花板', '楼上水管老化漏水，楼下要求赔偿。', { reportedAt: '2024-03-01T00:00:00Z' }),
  report('卫生间漏水纠纷', '楼上卫生间漏水，楼下天花板鼓包，双方协商赔偿。'),
  report('电梯停运', '老旧电梯停运三天。'),
]

test('the cases that say the same are found, the most similar first, however long ago they were', () => {
  const found = findSimilar(leak, others)
  expect(found.map(({ report: one }) => one.title)).toEqual(['卫生间漏水纠纷', '厨房漏水泡坏楼下天花板'])
  expect(found[0]!.similarity).toBeGreaterThan(found[1]!.similarity)
})

test('at most five are shown, and nothing where nothing is similar or nothing is said', () => {
  const many = Array.from({ length: 9 }, (_, index) => report('楼上漏水', `第 ${index} 次漏水到天花板`))
  expect(findSimilar(leak, many)).toHaveLength(5)
  expect(findSimilar(report('停电'), others)).toEqual([])
  expect(findSimilar(report(''), others)).toEqual([])
})

test('a place in common is said', () => {
  const here = { buildingCode: '96010100100100001' }
  expect(findSimilar({ ...leak, ...here }, [{ ...others[2]!, ...here }])[0]).toMatchObject({ place: 'building' })
})
