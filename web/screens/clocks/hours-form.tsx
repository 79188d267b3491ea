import type { WorkHours } from '@minqing/data/domain/incident-workflow/calendar'
import { useId } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import styles from './clocks.module.css'
import { messages } from './messages.ts'
import type { Draft } from './use-draft.ts'

/** More than four breaks has no office. */
const mostBreaks = 4

/** When offices open and close, and the breaks between. */
export function HoursForm({ draft, disabled }: { draft: Draft; disabled: boolean }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { hours } = draft.calendar
  const set = (change: Partial<WorkHours>) => draft.setCalendar({ ...draft.calendar, hours: { ...hours, ...change } })
  const setBreak = (index: number, change: Partial<WorkHours['breaks'][number]>) =>
    set({ breaks: hours.breaks.map((one, number) => (number === index ? { ...one, ...change } : one)) })
  const faults = draft.faults.filter(({ at }) => at.startsWith('calendar.hours'))
  return (
    <Section title={t('hours')}>
      <div className={styles.hours}>
        <TimeField name={t('opens')} value={hours.opens} disabled={disabled} onTime={(opens) => set({ opens })} />
        {hours.breaks.map(({ from, until }, index) => {
          const number = String(index + 1)
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a break is its place among the others
            <div key={index} className={styles.break}>
              <TimeField
                name={t('breakFrom')}
                label={t('breakFromOf', { number })}
                value={from}
                disabled={disabled}
                onTime={(time) => setBreak(index, { from: time })}
              />
              <TimeField
                name={t('breakUntil')}
                label={t('breakUntilOf', { number })}
                value={until}
                disabled={disabled}
                onTime={(time) => setBreak(index, { until: time })}
              />
              <Button
                kind="bare"
                label={t('removeBreak', { number })}
                disabled={disabled}
                onPress={() => set({ breaks: hours.breaks.filter((_, one) => one !== index) })}
              >
                {t('remove')}
              </Button>
            </div>
          )
        })}
        <TimeField name={t('closes')} value={hours.closes} disabled={disabled} onTime={(closes) => set({ closes })} />
        <Button
          disabled={disabled || hours.breaks.length >= mostBreaks}
          onPress={() => set({ breaks: [...hours.breaks, { from: '12:00', until: '13:00' }] })}
        >
          {t('addBreak')}
        </Button>
      </div>
      {faults.map(({ at, problem, remedy }) => (
        <p key={at} className={styles.problem}>
          {problem[language]}
          {language === 'zh' ? '。' : '. '}
          {remedy[language]}
        </p>
      ))}
    </Section>
  )
}

function TimeField({
  name,
  label = name,
  value,
  disabled,
  onTime,
}: {
  name: string
  /** Its full name, where several stand beside each other. */
  label?: string
  value: string
  disabled: boolean
  onTime: (time: string) => void
}) {
  const id = useId()
  return (
    <div className={styles.time}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="time"
        aria-label={label}
        value={value}
        required
        disabled={disabled}
        // A time that is half typed is none: the last one stays.
        onChange={({ target }) => target.value !== '' && onTime(target.value.slice(0, 5))}
      />
    </div>
  )
}
