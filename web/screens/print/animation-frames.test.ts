import { expect, it } from 'vitest'
import { frameMask, framesOf, mostFrames, stepFor } from './animation-frames.ts'

const seconds = (text: string) => Date.parse(`${text}+08:00`) / 1000
const local = (value: number) => new Date((value + 8 * 3600) * 1000).toISOString().slice(0, 16)

/** One incident every six hours of local time, every third one left out by the filter. */
function timeOf(first: string, last: string) {
  const [from, to] = [seconds(first), seconds(last)]
  const reported = Uint32Array.from({ length: Math.ceil((to - from) / 21_600) }, (_, index) => from + index * 21_600)
  const mask = Uint8Array.from(reported, (_, index) => (index % 3 === 0 ? 0 : 1))
  return { reported, mask, from, to }
}

it('cuts a period at local midnights, Mondays and the first of months', () => {
  const time = timeOf('2026-01-28T09:00', '2026-03-04T00:00')
  const starts = (step: Parameters<typeof framesOf>[1]) => framesOf(time, step).map(({ from }) => local(from))
  expect(starts('month')).toEqual(['2026-01-28T09:00', '2026-02-01T00:00', '2026-03-01T00:00'])
  expect(starts('week').slice(0, 3)).toEqual(['2026-01-28T09:00', '2026-02-02T00:00', '2026-02-09T00:00'])
  expect(starts('day').slice(0, 2)).toEqual(['2026-01-28T09:00', '2026-01-29T00:00'])
})

it('puts every row that the filter leaves into exactly one frame', () => {
  const time = timeOf('2026-01-28T09:00', '2026-03-04T00:00')
  const sum = new Uint8Array(time.mask.length)
  for (const frame of framesOf(time, 'week'))
    for (const [row, shown] of frameMask(time, frame).entries()) sum[row]! += shown
  expect([...sum]).toEqual([...time.mask])
})

it('shows the newest frames of a long period', () => {
  const time = timeOf('2025-01-01T00:00', '2026-01-01T00:00')
  const frames = framesOf(time, 'day')
  expect(frames).toHaveLength(mostFrames)
  expect(local(frames.at(-1)!.to)).toBe('2026-01-01T00:00')
})

it('chooses a step by the length of the period', () => {
  const length = (days: number) => stepFor({ from: 0, to: days * 86_400 })
  expect([14, 84, 180, 366].map(length)).toEqual(['day', 'day', 'week', 'month'])
})
