import type { Label } from './label.ts'
import { dayLength, homeDayNumber, startOfHomeDay } from './local-time.ts'

/** What is due by the end of the day: its time is over, ends within hours, or ends later today. */
export const dueClasses = ['overdue', 'hours', 'later'] as const
export type DueClass = (typeof dueClasses)[number]

/** Hours of the second class. */
export const dueHours = 2

export const dueClassLabels: Record<DueClass, Label> = {
  overdue: { zh: '已逾期', en: 'Overdue' },
  hours: { zh: `${dueHours} 小时内`, en: `Within ${dueHours} h` },
  later: { zh: '今日稍后', en: 'Later today' },
}

/**
 * @param now milliseconds since 1970
 * @returns null without a due time, and where it is after the day in China that `now` lies in
 */
export function dueClassOf(dueAt: string | null, now: number): DueClass | null {
  const due = dueAt === null ? Infinity : Date.parse(dueAt)
  if (due < now) return 'overdue'
  if (due >= startOfHomeDay(homeDayNumber(now)) + dayLength) return null
  return due - now <= dueHours * 3_600_000 ? 'hours' : 'later'
}
