import type { PrintTime } from './print-subject.ts'

export const frameSteps = ['day', 'week', 'month'] as const
export type FrameStep = (typeof frameSteps)[number]

/** Frames of an animation at most; of a longer period the newest are shown. */
export const mostFrames = 60

/** Seconds since 1970: `from` inclusive, `to` exclusive; and which rows lie between and pass the filter. */
export type Frame = { from: number; to: number; rows: readonly [first: number, last: number] }

/** China has had no daylight saving since 1991: local days are 86,400 s long. */
const offset = 8 * 3600
const day = 86_400

/** The longest step that still gives a dozen frames. */
export function stepFor({ from, to }: Pick<PrintTime, 'from' | 'to'>): FrameStep {
  const days = (to - from) / day
  if (days > 360) return 'month'
  return days > 84 ? 'week' : 'day'
}

/** The period cut into days, weeks (from Monday) or months of local time, the first and last cut short by the period. */
export function framesOf({ reported, from, to }: PrintTime, step: FrameStep): Frame[] {
  const frames: Frame[] = []
  for (let start = from; start < to;) {
    const end = Math.min(nextStart(start, step), to)
    frames.push({ from: start, to: end, rows: [lowerBound(reported, start), lowerBound(reported, end)] })
    start = end
  }
  return frames.slice(-mostFrames)
}

/** Rows of one frame that the filter leaves. */
export function frameMask({ mask }: PrintTime, { rows: [first, last] }: Frame): Uint8Array {
  const own = new Uint8Array(mask.length)
  own.set(mask.subarray(first, last), first)
  return own
}

function nextStart(seconds: number, step: FrameStep): number {
  const days = Math.floor((seconds + offset) / day)
  switch (step) {
    case 'day':
      return (days + 1) * day - offset
    case 'week': {
      // 1970-01-01 was a Thursday.
      const sinceMonday = (days + 3) % 7
      return (days - sinceMonday + 7) * day - offset
    }
    case 'month': {
      const date = new Date(days * day * 1000)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000 - offset
    }
  }
}

/** First row that is not before `seconds`. */
function lowerBound(reported: Uint32Array, seconds: number): number {
  let [low, high] = [0, reported.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reported[middle]! < seconds) low = middle + 1
    else high = middle
  }
  return low
}
