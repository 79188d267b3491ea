import type { ClockSettings, CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { ClockRule } from '@minqing/data/domain/incident-workflow/clocks'
import {
  type SettingsChange,
  settingsChanges,
  withChanges,
} from '@minqing/data/domain/incident-workflow/settings-changes'
import { type SettingsFault, settingsFaults } from '@minqing/data/domain/incident-workflow/settings-faults'
import { useEffect, useMemo, useState } from 'react'

/** A rule that is being edited, with an identity that stays while its category or urgency changes. */
export type DraftRule = ClockRule & { id: number }
export type Calendar = ClockSettings['calendar']

export type Draft = {
  rules: readonly DraftRule[]
  calendar: Calendar
  /** Of the settings that it was made from. */
  version: number
  changes: readonly SettingsChange[]
  faults: readonly SettingsFault[]
  setRule: (id: number, change: Partial<ClockRule>) => void
  addRule: (rule: ClockRule) => void
  removeRule: (id: number) => void
  setCalendar: (calendar: Calendar) => void
  settings: () => ClockSettings
  /** They have been saved; what was entered since then stays as changes. */
  settle: (version: number, saved: ClockSettings) => void
  /** Begins again from settings, without the changes. */
  reset: (from: CurrentClockSettings) => void
  /** Goes on from newer settings, with the changes. */
  rebase: (on: CurrentClockSettings) => void
}

type State = { base: ClockSettings; version: number; rules: readonly DraftRule[]; calendar: Calendar; next: number }

function begin({ version, settings }: CurrentClockSettings, edited = settings): State {
  const rules = edited.rules.map((rule, id) => ({ ...rule, id }))
  return { base: settings, version, rules, calendar: edited.calendar, next: rules.length }
}

const settingsOf = ({ rules, calendar }: Pick<State, 'rules' | 'calendar'>): ClockSettings => ({
  rules: rules.map(({ id: _id, ...rule }) => rule),
  calendar,
})

/**
 * Settings as they are being edited. Newer ones that arrive replace them only as long as nothing has been changed: what
 * was entered stays until it is saved or discarded.
 */
export function useDraft(current: CurrentClockSettings): Draft {
  const [state, setState] = useState(() => begin(current))
  const { rules, calendar, base, version } = state
  const edited = useMemo(() => settingsOf({ rules, calendar }), [rules, calendar])
  const changes = useMemo(() => settingsChanges(base, edited), [base, edited])
  const faults = useMemo(() => settingsFaults(edited), [edited])
  const isDirty = changes.length > 0 || faults.length > 0
  if (!isDirty && current.version > version) setState(begin(current))

  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isDirty])

  return {
    rules,
    calendar,
    version,
    changes,
    faults,
    setRule: (id, change) =>
      setState((before) => ({
        ...before,
        rules: before.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
      })),
    addRule: (rule) =>
      setState((before) => ({
        ...before,
        rules: [...before.rules, { ...rule, id: before.next }],
        next: before.next + 1,
      })),
    removeRule: (id) => setState((before) => ({ ...before, rules: before.rules.filter((rule) => rule.id !== id) })),
    setCalendar: (next) => setState((before) => ({ ...before, calendar: next })),
    settings: () => edited,
    settle: (saved, settings) => setState((before) => ({ ...before, version: saved, base: settings })),
    reset: (from) => setState(begin(from)),
    rebase: (on) => setState(begin(on, withChanges(on.settings, changes))),
  }
}
