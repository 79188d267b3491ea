import { describe, expect, it } from 'vitest'
import { freshnessOf } from './freshness.ts'

const now = Date.parse('2026-11-21T06:05:32Z')

describe('how old the wall’s data is', () => {
  it('counts the seconds since the last answer', () => {
    expect(freshnessOf({ now, answeredAt: now - 3400, writtenAt: now - 60_000 })).toEqual({ kind: 'fresh', seconds: 3 })
  })
  it('never shows a negative age when clocks disagree', () => {
    expect(freshnessOf({ now, answeredAt: now + 5000, writtenAt: null })).toEqual({ kind: 'fresh', seconds: 0 })
  })
  it('shows the time of the last picture once responses are missing', () => {
    expect(freshnessOf({ now, answeredAt: now - 39_000, writtenAt: now })).toMatchObject({ kind: 'fresh' })
    expect(freshnessOf({ now, answeredAt: now - 40_000, writtenAt: now })).toEqual({ kind: 'late', asOf: now - 40_000 })
  })
  it('reports when nothing has been written for a day though the server answers', () => {
    const writtenAt = now - 25 * 3600_000
    expect(freshnessOf({ now, answeredAt: now, writtenAt })).toEqual({ kind: 'quiet', asOf: writtenAt })
  })
})
