import { assert as check, date, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { parseInstant } from './connect.ts'

test('any instant of our calendar is what the platform makes of it, however many digits its second has', () => {
  const instant = date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  check(
    property(instant, integer({ min: 0, max: 6 }), (at, digits) => {
      const [day, time] = at.toISOString().slice(0, -1).split('T')
      const text = `${day} ${`${time}987`.slice(0, digits === 0 ? 8 : 9 + digits)}+00`
      expect(parseInstant(text)).toBe(new Date(text).toISOString())
    }),
  )
})

test('other zones are turned into UTC, and what is no instant is refused', () => {
  expect(parseInstant('2026-11-21 14:05:32.5+08')).toBe('2026-11-21T06:05:32.500Z')
  expect(() => parseInstant('infinity')).toThrow(RangeError)
})
