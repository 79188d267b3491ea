import { z } from 'zod'
import { StreetCode } from '../area-code.ts'
import { Instant } from '../instant.ts'
import type { Label } from '../label.ts'
import { RoleName } from '../role.ts'
import { CalendarYear, officeHours, type SpecialDay, usualHours, WorkCalendar, WorkHours } from './calendar.ts'
import { ClockRule, defaultClockRules, type TimeLimits } from './clocks.ts'
import { nationalYears } from './national-holidays.ts'

/** Everything by which a centre's clocks are computed. */
export const ClockSettings = z.strictObject({
  rules: z.array(ClockRule).min(1).max(200),
  calendar: z.strictObject({
    hours: WorkHours,
    /** Years that the centre has set itself; of all others the national holidays hold. */
    years: z.array(CalendarYear).max(30),
  }),
})
export type ClockSettings = z.output<typeof ClockSettings>

/** Until a centre sets its own. */
export const defaultClockSettings: ClockSettings = {
  rules: [...defaultClockRules],
  calendar: { hours: usualHours, years: [] },
}

const Change = z.object({ version: z.int(), setAt: Instant, setBy: z.string(), role: RoleName })

/** The settings of a street as they hold now. Version 0: the defaults, which nobody has changed. */
export const CurrentClockSettings = z.object({
  street: StreetCode,
  version: z.int().min(0),
  settings: ClockSettings,
  /** The newest first. */
  history: z.array(Change),
  defaults: z.object({ settings: ClockSettings, nationalYears: z.array(CalendarYear) }),
})
export type CurrentClockSettings = z.output<typeof CurrentClockSettings>

/** The years of a calendar, with the national holidays of those that it does not set itself; ascending. */
export function effectiveYears(years: readonly CalendarYear[]): CalendarYear[] {
  const byYear = new Map([...nationalYears, ...years].map((one) => [one.year, one]))
  return [...byYear.values()].toSorted((a, b) => a.year - b.year)
}

/** Rules and calendar as `clocksOf` takes them. */
export function timeLimitsOf({ rules, calendar: { hours, years } }: ClockSettings): TimeLimits {
  const days = effectiveYears(years).flatMap((one) => one.days)
  const exceptions = new Map(days.map(({ date, kind }) => [date, kind === 'workday']))
  return { rules, calendar: new WorkCalendar(exceptions, officeHours(hours)) }
}

/** For what a rule holds: two of one set never have the same key. */
export function ruleKey({ node, category, urgency }: Pick<ClockRule, 'node' | 'category' | 'urgency'>): string {
  return `${node} ${category ?? '*'} ${urgency ?? '*'}`
}

/** Names of the kinds of special days. */
export const specialDayLabels: Record<SpecialDay['kind'], Label> = {
  holiday: { zh: '放假', en: 'holiday' },
  workday: { zh: '调休上班', en: 'worked instead' },
}
