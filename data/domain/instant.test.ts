import { expect, test } from 'vitest'
import { homeDay } from './instant.ts'

test('a day begins at midnight at home, eight hours before the one of UTC', () => {
  expect(homeDay(new Date('2026-03-10T15:59:59.999Z'))).toBe('2026-03-10')
  expect(homeDay(new Date('2026-03-10T16:00:00Z'))).toBe('2026-03-11')
})
