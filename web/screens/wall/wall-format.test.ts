import { describe, expect, it } from 'vitest'
import { wallFormat } from './wall-format.ts'

const format = wallFormat('zh')
// 14:05:32 in Shanghai, wherever the test runs.
const now = Date.parse('2026-11-21T06:05:32Z')

describe('how the wall writes', () => {
  it('writes time in the zone of the place', () => {
    expect(format.clock(now)).toBe('14:05:32')
    expect(format.date(now)).toBe('11月21日 星期六')
    expect(wallFormat('en').date(now)).toBe('Saturday 21 November')
  })
  it('adds the day only to times of another day there', () => {
    expect(format.localTime('2026-11-20T16:01:00Z', now)).toBe('00:01')
    expect(format.localTime('2026-11-20T15:59:00Z', now)).toBe('11/20 23:59')
  })
  it('shows none of none as a dash, never as 100 %', () => {
    expect(format.share({ count: 0, of: 0 })).toBe('—')
    expect(format.share({ count: 961, of: 1000 })).toBe('96.1%')
    expect(format.change(3, 0)).toBe('—')
  })
  it('signs changes with a real minus', () => {
    expect(format.change(112, 100)).toBe('+12%')
    expect(format.change(92, 100)).toBe('−8%')
    expect(format.change(100, 100)).toBe('±0%')
  })
})
