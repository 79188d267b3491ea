import { expect, test } from 'vitest'
import { wallWindow } from './wall-window.ts'

test('a day begins at midnight at home, an hour at its full stroke', () => {
  expect(wallWindow(new Date('2026-03-10T12:34:56.789+08:00'))).toEqual({
    now: '2026-03-10T04:34:56.789Z',
    today: '2026-03-09T16:00:00.000Z',
    recent: '2026-02-08T04:34:56.789Z',
    previous: '2026-01-09T04:34:56.789Z',
    firstHour: '2026-03-09T05:00:00.000Z',
  })
})

test('midnight itself begins its day', () => {
  expect(wallWindow(new Date('2026-01-01T00:00:00+08:00')).today).toBe('2025-12-31T16:00:00.000Z')
  expect(wallWindow(new Date('2026-01-01T23:59:59.999+08:00')).today).toBe('2025-12-31T16:00:00.000Z')
})
