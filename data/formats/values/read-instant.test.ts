import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LocalTime } from '../../domain/local-time.ts'
import { readInstant } from './read-instant.ts'

const shanghai = new LocalTime('Asia/Shanghai')
const newYork = new LocalTime('America/New_York')
const instant = (text: string, local = shanghai) => {
  const read = readInstant(text, local)
  return 'instant' in read ? read.instant : read.fault.en
}

describe('readInstant', () => {
  it.each([
    ['2024-05-01 13:00', '2024-05-01T05:00:00.000Z'],
    ['2024-05-01T13:00:05.25', '2024-05-01T05:00:05.250Z'],
    ['2024-05-01T13:00:00+00:00', '2024-05-01T13:00:00.000Z'],
    ['2024-05-01T13:00:00Z', '2024-05-01T13:00:00.000Z'],
    ['2024-05-01T13:00+0530', '2024-05-01T07:30:00.000Z'],
    ['2024-05-01 13:00:00-05', '2024-05-01T18:00:00.000Z'],
    ['2024/5/1', '2024-04-30T16:00:00.000Z'],
    ['2024/5/1 9:05', '2024-05-01T01:05:00.000Z'],
    ['2024.5.1 9:05', '2024-05-01T01:05:00.000Z'],
    ['2024年5月1日', '2024-04-30T16:00:00.000Z'],
    ['2024年5月1日 13时05分', '2024-05-01T05:05:00.000Z'],
    ['2024年05月01日13:05:09', '2024-05-01T05:05:09.000Z'],
    ['2024年5月1日 下午3点半', '2024-05-01T07:30:00.000Z'],
    ['2024-05-01 15:30:00 GMT+08:00', '2024-05-01T07:30:00.000Z'],
    ['2024-05-01 07:30:00 UTC', '2024-05-01T07:30:00.000Z'],
    ['2024-05-01T03:30:00-0400', '2024-05-01T07:30:00.000Z'],
    ['２０２４年５月１日', '2024-04-30T16:00:00.000Z'],
    ['20240501', '2024-04-30T16:00:00.000Z'],
    ['２０２４－０５－０１　１３：００', '2024-05-01T05:00:00.000Z'],
    ['2024-05-01 星期三 13:00', '2024-05-01T05:00:00.000Z'],
    ['2024年5月1日（周三）14时20分', '2024-05-01T06:20:00.000Z'],
    ['2024/5/1 下午 3:05', '2024-05-01T07:05:00.000Z'],
    ['2024/5/1 3:05 PM', '2024-05-01T07:05:00.000Z'],
    ['2024-05-01 12:05:00 AM', '2024-04-30T16:05:00.000Z'],
    ['2024年5月1日 凌晨12时5分', '2024-04-30T16:05:00.000Z'],
    ['2024-05-01 24:00', '2024-05-01T16:00:00.000Z'],
    ['45413', '2024-04-30T16:00:00.000Z'],
    ['45413.54166667', '2024-05-01T05:00:00.000Z'],
    ['20240501130509', '2024-05-01T05:05:09.000Z'],
    ['2024-5-1 8时5分', '2024-05-01T00:05:00.000Z'],
    ['2024/5/1下午3点半', '2024-05-01T07:30:00.000Z'],
    ['2024—05—01', '2024-04-30T16:00:00.000Z'],
    ['二〇二四年五月一日', '2024-04-30T16:00:00.000Z'],
    ['二零二四年十月三十一日 9:05', '2024-10-31T01:05:00.000Z'],
    ['二O二四年五月一日', '2024-04-30T16:00:00.000Z'],
    ['２０２４－０５－０１ 13:00:00-05:00', '2024-05-01T18:00:00.000Z'],
    ['二○二四年十二月廿一日', '2024-12-20T16:00:00.000Z'],
    ['二〇二四年十一月十日', '2024-11-09T16:00:00.000Z'],
    ['2024年5月1日8时许', '2024-05-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(instant(text)).toBe(expected)
  })

  it.each([
    ['1714539600', /epoch/],
    ['1714539600000', /epoch/],
    ['99999.5', /bare number/],
    ['2024', /bare number/],
    ['2024-05-01 24:01', /no such time/],
    ['01/05/2024', /either way round/],
    ['2024-02-30', /no such time/],
    ['2024年5月1日 08:00—09:30', /not a time/],
    ['2024-05-01 08:00-09:30', /not a time/],
    ['二〇二四年二月三十日', /no such time/],
    ['二〇二四年十十月一日', /not a time/],
    ['2024-05-01 25:00', /no such time/],
    ['2024-05-01 晚上12点', /noon or midnight/],
    ['2024年5月1日 晚上1点', /noon or midnight/],
    ['2024/5/1 上午12:05', /noon or midnight/],
    ['2024年5月18时5分', /not a time/],
    ['昨天', /not a time/],
    [`2024-05-01 08:05${' '.repeat(1_000_000)}x`, /not a time/],
    [`2024-05-01${'　'.repeat(1_000_000)}上`, /not a time/],
    ['', /not a time/],
  ])('refuses %s', (text, reason) => {
    expect(instant(text)).toMatch(reason)
  })

  it('takes a time that a clock change skips as just after it, and one that it repeats as the first', () => {
    expect(instant('2015-03-08 02:30', newYork)).toBe('2015-03-08T07:30:00.000Z')
    expect(instant('2015-11-01 01:30', newYork)).toBe('2015-11-01T05:30:00.000Z')
    expect(instant('2015-11-01 00:59', newYork)).toBe('2015-11-01T04:59:00.000Z')
    expect(instant('2015-11-01 02:00', newYork)).toBe('2015-11-01T07:00:00.000Z')
    // China had summer time from 1986 to 1991.
    expect(instant('1988-07-01 12:00')).toBe('1988-07-01T03:00:00.000Z')
    expect(instant('1992-07-01 12:00')).toBe('1992-07-01T04:00:00.000Z')
  })

  it('undoes what the same zone prints, in every zone and season', () => {
    const zones = [
      'Asia/Shanghai',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
    ]
    const locals = new Map(zones.map((zone) => [zone, new LocalTime(zone)]))
    const second = 1000
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1970, 0, 2) / second, max: Date.UTC(2090, 0, 1) / second }),
        (zone, seconds) => {
          const expected = new Date(seconds * second)
          // Swedish dates are ISO dates.
          const printed = expected.toLocaleString('sv-SE', { timeZone: zone })
          const parsed = new Date(instant(printed, locals.get(zone) ?? shanghai))
          // A repeated hour prints the same twice: then the first is meant, up to an hour (Lord Howe: half) earlier.
          expect(parsed.toLocaleString('sv-SE', { timeZone: zone })).toBe(printed)
          expect(parsed.getTime()).toBeLessThanOrEqual(expected.getTime())
        },
      ),
      { numRuns: 3000 },
    )
  })
})
