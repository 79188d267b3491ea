import { describe, expect, it } from 'vitest'
import { LocalTime } from '../../domain/local-time.ts'
import { readInterval } from './read-interval.ts'

const local = new LocalTime('Asia/Shanghai')
const read = (text: string) => {
  const interval = readInterval(text, local)
  const shown = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)
  return interval === null ? null : [shown(interval.from), shown(interval.until)]
}

describe('readInterval', () => {
  it.each([
    ['2024-05-01 08:00至2024-05-02 10:00', '2024-05-01T08:00', '2024-05-02T10:00'],
    ['2024-05-01 08:00 ~ 2024-05-01 10:00', '2024-05-01T08:00', '2024-05-01T10:00'],
    ['2024-05-01 08:00 - 2024-05-01 10:00', '2024-05-01T08:00', '2024-05-01T10:00'],
    ['2024-05-01 08:00-09:30', '2024-05-01T08:00', '2024-05-01T09:30'],
    ['2024年5月1日8时至10时', '2024-05-01T08:00', '2024-05-01T10:00'],
    ['2024年5月1日至3日', '2024-05-01T00:00', '2024-05-03T00:00'],
    ['2024年5月1日到6月3日', '2024-05-01T00:00', '2024-06-03T00:00'],
    ['2024/5/1—2024/5/3', '2024-05-01T00:00', '2024-05-03T00:00'],
  ])('reads %s', (text, from, until) => {
    expect(read(text)).toEqual([from, until])
  })

  it.each([
    '2024-05-01',
    '2024-05-01 08:00',
    '2024-05-02至2024-05-01',
    '至2024-05-01',
    'a至b',
    '1至2至3',
    '至'.repeat(1_000_000),
  ])('is none: %#', (text) => {
    expect(read(text)).toBeNull()
  })
})
