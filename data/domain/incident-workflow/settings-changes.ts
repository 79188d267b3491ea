import type { CalendarYear, SpecialDay, WorkHours } from './calendar.ts'
import { type ClockSettings, effectiveYears, ruleKey } from './clock-settings.ts'
import type { ClockRule } from './clocks.ts'

/** What one save changes. */
export type SettingsChange =
  | { kind: 'rule_added'; rule: ClockRule }
  | { kind: 'rule_removed'; rule: ClockRule }
  | { kind: 'rule_changed'; rule: ClockRule; before: ClockRule }
  | { kind: 'hours'; hours: WorkHours; before: WorkHours }
  | { kind: 'day'; date: string; day: SpecialDay | null; before: SpecialDay | null }

export function isSameRule(a: ClockRule, b: ClockRule): boolean {
  return (
    ruleKey(a) === ruleKey(b) && a.amount === b.amount && a.unit === b.unit && a.basis === b.basis && a.mode === b.mode
  )
}

/** What differs between two sets, rules first. */
export function settingsChanges(before: ClockSettings, after: ClockSettings): SettingsChange[] {
  const olds = new Map(before.rules.map((rule) => [ruleKey(rule), rule]))
  const news = new Map(after.rules.map((rule) => [ruleKey(rule), rule]))
  const rules = after.rules.flatMap((rule): SettingsChange[] => {
    const old = olds.get(ruleKey(rule))
    if (old === undefined) return [{ kind: 'rule_added', rule }]
    return isSameRule(old, rule) ? [] : [{ kind: 'rule_changed', rule, before: old }]
  })
  const removed = before.rules
    .filter((rule) => !news.has(ruleKey(rule)))
    .map((rule): SettingsChange => ({ kind: 'rule_removed', rule }))
  const hours: SettingsChange[] =
    JSON.stringify(before.calendar.hours) === JSON.stringify(after.calendar.hours)
      ? []
      : [{ kind: 'hours', hours: after.calendar.hours, before: before.calendar.hours }]
  const oldDays = specialDays(before)
  const newDays = specialDays(after)
  const days = [...new Set([...oldDays.keys(), ...newDays.keys()])].toSorted().flatMap((date): SettingsChange[] => {
    const day = newDays.get(date) ?? null
    const old = oldDays.get(date) ?? null
    return day?.kind === old?.kind && day?.name === old?.name ? [] : [{ kind: 'day', date, day, before: old }]
  })
  return [...rules, ...removed, ...hours, ...days]
}

function specialDays({ calendar }: ClockSettings): Map<string, SpecialDay> {
  return new Map(effectiveYears(calendar.years).flatMap((one) => one.days.map((day) => [day.date, day] as const)))
}

/** A set to which changes that were made to another one are applied: what they do not name stays. */
export function withChanges(settings: ClockSettings, changes: readonly SettingsChange[]): ClockSettings {
  return changes.reduce(withChange, settings)
}

function withChange(settings: ClockSettings, change: SettingsChange): ClockSettings {
  const { rules, calendar } = settings
  switch (change.kind) {
    case 'rule_added':
    case 'rule_changed': {
      const { rule } = change
      const isThere = rules.some((one) => ruleKey(one) === ruleKey(rule))
      const changed = rules.map((one) => (ruleKey(one) === ruleKey(rule) ? rule : one))
      return { ...settings, rules: isThere ? changed : [...rules, rule] }
    }
    case 'rule_removed':
      return { ...settings, rules: rules.filter((one) => ruleKey(one) !== ruleKey(change.rule)) }
    case 'hours':
      return { ...settings, calendar: { ...calendar, hours: change.hours } }
    case 'day':
      return { ...settings, calendar: { ...calendar, years: withDay(calendar.years, change.date, change.day) } }
  }
}

/**
 * The own years of a calendar in which a day is special, or is not; its year becomes an own one, with the national
 * holidays that it had.
 */
export function withDay(own: readonly CalendarYear[], date: string, day: SpecialDay | null): CalendarYear[] {
  const year = Number(date.slice(0, 4))
  const before = effectiveYears(own).find((one) => one.year === year)?.days ?? []
  const days = [...before.filter((one) => one.date !== date), ...(day === null ? [] : [day])]
  return [
    ...own.filter((one) => one.year !== year),
    { year, days: days.toSorted((a, b) => a.date.localeCompare(b.date)) },
  ].toSorted((a, b) => a.year - b.year)
}
