import type { SpecialDay, WorkHours } from '@minqing/data/domain/incident-workflow/calendar'
import { specialDayLabels } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { ClockRule } from '@minqing/data/domain/incident-workflow/clocks'
import type { SettingsChange } from '@minqing/data/domain/incident-workflow/settings-changes'
import { ruleName } from '@minqing/data/domain/incident-workflow/settings-faults'
import type { Language } from '@minqing/data/domain/label'
import type { TranslatorOf } from '../../i18n/messages.ts'
import type { messages } from './messages.ts'

type T = TranslatorOf<typeof messages>

const limitNames = {
  natural: { minute: 'naturalMinutes', hour: 'naturalHours', day: 'naturalDays' },
  working: { minute: 'workingMinutes', hour: 'workingHours', day: 'workingDays' },
} as const

/** `5 个工作日`. */
export function limitText(t: T, { amount, unit, basis, node, mode }: ClockRule): string {
  const limit = t(limitNames[basis][unit], { amount: String(amount) })
  return node === 'handle' && mode === 'cumulative' ? `${limit}（${t('cumulative')}）` : limit
}

/** `08:30–12:00、14:00–17:30`. */
function hoursText({ opens, closes, breaks }: WorkHours): string {
  const begins = [opens, ...breaks.map(({ until }) => until)]
  const ends = [...breaks.map(({ from }) => from), closes]
  return begins.map((from, index) => `${from}–${ends[index]}`).join(', ')
}

function dayText(t: T, day: SpecialDay | null, language: Language): string {
  if (day === null) return t('ordinary')
  const kind = specialDayLabels[day.kind][language]
  return day.name === '' ? kind : `${day.name} ${kind}`
}

/** One of the changes that a save makes, in words. */
export function changeText(t: T, change: SettingsChange, language: Language): string {
  switch (change.kind) {
    case 'rule_added':
      return t('ruleAdded', { name: ruleName(change.rule)[language], limit: limitText(t, change.rule) })
    case 'rule_removed':
      return t('ruleRemoved', { name: ruleName(change.rule)[language], limit: limitText(t, change.rule) })
    case 'rule_changed':
      return t('ruleChanged', {
        name: ruleName(change.rule)[language],
        before: limitText(t, change.before),
        limit: limitText(t, change.rule),
      })
    case 'hours':
      return t('hoursChanged', { before: hoursText(change.before), hours: hoursText(change.hours) })
    case 'day':
      return t('dayChanged', {
        date: change.date,
        before: dayText(t, change.before, language),
        day: dayText(t, change.day, language),
      })
  }
}
