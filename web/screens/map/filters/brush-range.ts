/** Days [from, to) inside [first, last). */
export type DayRange = { from: number; to: number }

/** The range with one end moved to `day`: ends never cross and at least one day stays between them. */
export function moveEnd(range: DayRange, end: 'from' | 'to', day: number, whole: DayRange): DayRange {
  if (end === 'from') return { ...range, from: Math.max(whole.from, Math.min(day, range.to - 1)) }
  return { ...range, to: Math.min(whole.to, Math.max(day, range.from + 1)) }
}

/** The range moved by `days` without changing its length, as far as the whole allows. */
export function shift(range: DayRange, days: number, whole: DayRange): DayRange {
  const by = Math.max(whole.from - range.from, Math.min(days, whole.to - range.to))
  return { from: range.from + by, to: range.to + by }
}

/** The days between two presses, the day of each included; a press beside the whole counts as its nearest day. */
export function spanOf(a: number, b: number, whole: DayRange): DayRange {
  const inside = (day: number) => Math.max(whole.from, Math.min(day, whole.to - 1))
  return { from: inside(Math.min(a, b)), to: inside(Math.max(a, b)) + 1 }
}
