import { dateOf, monthOf, weekdayOf } from './day.ts'

/** Counts of consecutive stretches of days; `from` and `to` are days, [from, to). */
export type Bin = { from: number; to: number; count: number }

function group(firstDay: number, byDay: Uint32Array, startsBin: (day: number) => boolean): Bin[] {
  const bins: Bin[] = []
  for (let index = 0; index < byDay.length; index++) {
    const day = firstDay + index
    const last = bins.at(-1)
    if (last === undefined || startsBin(day)) bins.push({ from: day, to: day + 1, count: byDay[index]! })
    else {
      last.to = day + 1
      last.count += byDay[index]!
    }
  }
  return bins
}

/** Days, weeks from Monday, or months, whichever keeps the bars at least about 4 px wide on a desk. */
export function histogram(firstDay: number, byDay: Uint32Array): Bin[] {
  if (byDay.length <= 180) return group(firstDay, byDay, () => true)
  if (byDay.length <= 180 * 7) return group(firstDay, byDay, (day) => weekdayOf(day) === 0)
  return byMonth(firstDay, byDay)
}

/** Calendar months; the first and last may be cut by the data's own span. */
export function byMonth(firstDay: number, byDay: Uint32Array): Bin[] {
  return group(firstDay, byDay, (day) => dateOf(day).endsWith('-01'))
}

/** Label of the calendar month that a bin of `byMonth` lies in. */
export function monthOfBin(bin: Bin): string {
  return monthOf(bin.from)
}
