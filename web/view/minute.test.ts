import { expect, test } from 'vitest'
import { instantOf, minuteParser } from './minute.ts'

test('a minute is one of the local time of China', () => {
  expect(instantOf('2026-11-27T10:22')).toBe('2026-11-27T02:22:00.000Z')
  for (const wrong of ['2026-11-27', '2026-13-01T00:00', '2026-11-27T10:22:00', 'now'])
    expect(instantOf(wrong)).toBeNull()
  expect(minuteParser.parse('2026-11-27T10:22')).toBe('2026-11-27T10:22')
  expect(minuteParser.parse('2026-11-27T25:00')).toBeNull()
})
