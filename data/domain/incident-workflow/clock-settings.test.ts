import { expect, test } from 'vitest'
import { ClockSettings, defaultClockSettings, timeLimitsOf } from './clock-settings.ts'
import { type ClockNode, clocksOf, findClockRule } from './clocks.ts'
import { emptyLoop } from './incident-loop.ts'
import { nationalYears } from './national-holidays.ts'
import { settingsChanges, withChanges } from './settings-changes.ts'
import { isWeekend, settingsFaults } from './settings-faults.ts'

const { rules, calendar } = defaultClockSettings
const at = (local: string) => Date.parse(`${local}:00+08:00`)
const withRule = (index: number, change: Partial<ClockSettings['rules'][number]>): ClockSettings => ({
  rules: rules.map((rule, one) => (one === index ? { ...rule, ...change } : rule)),
  calendar,
})
const withHours = (opens: string, closes: string, ...breaks: [string, string][]): ClockSettings => ({
  rules,
  calendar: { ...calendar, hours: { opens, closes, breaks: breaks.map(([from, until]) => ({ from, until })) } },
})
const withDays = (year: number, ...days: [string, 'holiday' | 'workday'][]): ClockSettings => ({
  rules,
  calendar: { ...calendar, years: [{ year, days: days.map(([date, kind]) => ({ date, kind, name: '' })) }] },
})
const indexOf = (node: ClockNode) => rules.findIndex((rule) => rule.node === node)
const faultsOf = (settings: ClockSettings) =>
  settingsFaults(settings).map(({ at: path, problem }) => `${path} ${problem.en}`)

test('the defaults have the form of settings and no fault', () => {
  expect(ClockSettings.parse(defaultClockSettings)).toEqual(defaultClockSettings)
  expect(settingsFaults(defaultClockSettings)).toEqual([])
  const national = { rules, calendar: { ...calendar, years: [...nationalYears] } }
  expect(settingsFaults(national)).toEqual([])
  expect(settingsChanges(defaultClockSettings, national)).toEqual([])
})

test('worked days of the national notices are days of the weekend, and as many as the notices have', () => {
  const counts = nationalYears.map(({ year, days }) => {
    const worked = days.filter(({ kind }) => kind === 'workday')
    expect(worked.filter(({ date }) => !isWeekend(date))).toEqual([])
    return [year, days.length - worked.length, worked.length]
  })
  expect(counts).toEqual([
    [2025, 28, 5],
    [2026, 33, 6],
  ])
})

test('a set that cannot hold is found at fault where it is', () => {
  expect(faultsOf({ rules: [...rules, { ...rules[0]!, amount: 9 }], calendar })).toEqual([
    `rules.${rules.length} There are two time limits for “Acceptance”`,
  ])
  expect(faultsOf({ rules: rules.filter(({ node }) => node !== 'verify'), calendar })).toEqual([
    'rules “Verification” lacks a time limit for all other cases',
  ])
  expect(faultsOf(withRule(indexOf('verify'), { category: 'E01' }))).toEqual([
    'rules “Verification” lacks a time limit for all other cases',
  ])
  expect(faultsOf({ rules: [...rules, { ...rules[0]!, node: 'follow_up' }], calendar })).toEqual([
    `rules.${rules.length} “Follow-up visit” is due by the rule of visits and takes no time limit`,
  ])
  expect(faultsOf({ rules: [...rules, { ...rules[0]!, node: 'outside' }], calendar })).toEqual([])
  expect(faultsOf(withRule(indexOf('sign'), { mode: 'cumulative' }))).toHaveLength(1)
  expect(faultsOf(withRule(indexOf('handle'), { mode: 'cumulative' }))).toEqual([])
  expect(faultsOf(withRule(0, { unit: 'day', amount: 1001 }))).toEqual([
    'rules.0 1001 days are too long for “Acceptance”',
  ])
  expect(faultsOf(withRule(0, { amount: 0 }))).toEqual(['rules.0 “Acceptance” has no time'])
  expect(ClockSettings.safeParse(withRule(0, { amount: 0 })).success).toBe(false)
  expect(ClockSettings.safeParse(withRule(0, { amount: 1.5 })).success).toBe(false)
})

test('breaks lie within the working hours, one after the other', () => {
  expect(faultsOf(withHours('09:00', '17:00'))).toEqual([])
  expect(faultsOf(withHours('09:00', '17:00', ['10:00', '10:15'], ['12:00', '13:00']))).toEqual([])
  expect(faultsOf(withHours('17:00', '09:00'))).toHaveLength(1)
  expect(faultsOf(withHours('09:00', '17:00', ['09:00', '10:00']))).toHaveLength(1)
  expect(faultsOf(withHours('09:00', '17:00', ['12:00', '17:00']))).toHaveLength(1)
  expect(faultsOf(withHours('09:00', '17:00', ['12:00', '13:00'], ['12:30', '14:00']))).toHaveLength(1)
  expect(faultsOf(withHours('09:00', '17:00', ['13:00', '12:00']))).toHaveLength(1)
  expect(faultsOf(withHours('09:00', '17:00', ['09:10', '16:55']))).toEqual([
    'calendar.hours Offices are open for 15 minutes a day',
  ])
})

test('days of a year are real, in it, and there once; offices never stay closed', () => {
  expect(faultsOf(withDays(2027, ['2027-01-01', 'holiday'], ['2027-01-02', 'workday']))).toEqual([])
  expect(faultsOf(withDays(2027, ['2026-01-01', 'holiday']))).toEqual([
    'calendar.years.0.days.0 2026-01-01 is not in 2027',
  ])
  expect(faultsOf(withDays(2027, ['2027-01-02', 'holiday'], ['2027-01-02', 'workday']))).toHaveLength(1)
  expect(faultsOf(withDays(2027, ['2027-01-01', 'workday']))).toEqual([
    'calendar.years.0.days.0 2027-01-01 is no weekend and is worked anyway',
  ])
  expect(ClockSettings.safeParse(withDays(2027, ['2027-02-29', 'holiday'])).success).toBe(false)
  const all = Array.from({ length: 60 }, (_, day) => new Date(Date.UTC(2027, 5, 1 + day)).toISOString().slice(0, 10))
  expect(faultsOf(withDays(2027, ...all.map((date) => [date, 'holiday'] as [string, 'holiday'])))).toEqual([
    'calendar.years.0 Offices are closed for more than 31 days on end in 2027',
  ])
})

test('clocks follow the rules, the hours and the days of a set', () => {
  const reportedAt = at('2026-03-10T12:00')
  const accepted = { ...emptyLoop, status: '20', type: 'E03', urgency: '1', reportedAt, startedAt: reportedAt } as const
  const due = (settings: ClockSettings) =>
    clocksOf(accepted, reportedAt, timeLimitsOf(settings)).find(({ node }) => node === 'resolve')!.dueAt
  expect(due(defaultClockSettings)).toBe(at('2026-03-17T17:30'))
  const general = rules.findIndex((one) => one.node === 'resolve' && one.category === null && one.urgency === null)
  expect(due(withRule(general, { amount: 2 }))).toBe(at('2026-03-12T17:30'))
  expect(due(withHours('09:00', '18:00', ['12:00', '13:00']))).toBe(at('2026-03-17T18:00'))
  expect(due(withHours('09:00', '18:00'))).toBe(at('2026-03-17T18:00'))
  const byHours = withRule(general, { amount: 6, unit: 'hour' })
  // Three and a half hours are left of the Tuesday.
  expect(due(byHours)).toBe(at('2026-03-11T11:00'))
  expect(due(withDays(2026, ['2026-03-12', 'holiday']))).toBe(at('2026-03-18T17:30'))
  expect(due(withDays(2026, ['2026-03-12', 'holiday'], ['2026-03-14', 'workday']))).toBe(at('2026-03-17T17:30'))
})

test('of the years that a set does not name the national holidays hold', () => {
  const { calendar: own } = timeLimitsOf(withDays(2027, ['2027-01-01', 'holiday']))
  expect(own.afterWorkdays(at('2026-09-30T10:00'), 1)).toBe(at('2026-10-08T17:30'))
  expect(own.afterWorkdays(at('2026-12-31T10:00'), 1)).toBe(at('2027-01-04T17:30'))
  const { calendar: without } = timeLimitsOf(withDays(2026))
  expect(without.afterWorkdays(at('2026-09-30T10:00'), 1)).toBe(at('2026-10-01T17:30'))
})

test('a change names what was added, removed and changed, and what the calendar had before', () => {
  const general = findClockRule(rules, 'accept', null, '1')!
  const added = { ...general, category: 'E08', amount: 30, unit: 'minute' } as const
  const after: ClockSettings = {
    rules: [{ ...general, amount: 2 }, added, ...rules.slice(1).filter(({ category }) => category !== 'E11')],
    calendar: {
      hours: { ...calendar.hours, closes: '18:00' },
      years: nationalYears
        .filter(({ year }) => year === 2026)
        .map(({ year, days }) => ({
          year,
          days: [
            ...days.filter(({ date }) => date !== '2026-01-02'),
            { date: '2026-12-31', kind: 'holiday', name: '' },
          ],
        })),
    },
  }
  expect(
    settingsChanges(defaultClockSettings, after).map((change) =>
      change.kind === 'day' ? [change.date, change.before?.kind, change.day?.kind] : change.kind,
    ),
  ).toEqual([
    'rule_changed',
    'rule_added',
    'rule_removed',
    'hours',
    ['2026-01-02', 'holiday', undefined],
    ['2026-12-31', undefined, 'holiday'],
  ])
  // On top of what somebody else has changed meanwhile, it changes the same.
  const others = withRule(indexOf('verify'), { amount: 7 })
  const both = withChanges(others, settingsChanges(defaultClockSettings, after))
  expect(settingsChanges(others, both)).toEqual(settingsChanges(defaultClockSettings, after))
  expect(findClockRule(both.rules, 'verify', null, '1')?.amount).toBe(7)
  expect(settingsFaults(both)).toEqual([])
})
