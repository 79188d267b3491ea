import { expect, it } from 'vitest'
import { classLimit, formatsFor, unknown } from './use-formats.ts'

it('writes what is not known as “—”, and zero as zero', () => {
  const { count, percent, decimal } = formatsFor('zh')
  expect([count(null), count(undefined), percent(null), decimal(undefined)]).toEqual(Array(4).fill(unknown))
  expect([count(0), percent(0), decimal(0)]).toEqual(['0', '0%', '0.0'])
})

it('writes numbers and local times in both languages', () => {
  const [zh, en] = [formatsFor('zh'), formatsFor('en')]
  const midnight = new Date('2026-11-20T16:00:00Z')
  expect([zh.count(1_234_567), en.short(0.012_345), en.percent(0.1234)]).toEqual(['1,234,567', '0.0123', '12.3%'])
  expect([zh.dateTime(midnight), en.day(midnight)]).toEqual(['2026年11月21日 00:00', 'Nov 21, 2026'])
})

it('writes the lower limits of colour classes in two significant digits', () => {
  expect([0.1234, 15, 104.6].map(classLimit)).toEqual(['≥0.12', '≥15', '≥105'])
})
