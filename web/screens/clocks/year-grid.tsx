import type { SpecialDay } from '@minqing/data/domain/incident-workflow/calendar'
import { isWeekend } from '@minqing/data/domain/incident-workflow/settings-faults'
import { homeDay } from '@minqing/data/domain/instant'
import { dayLength } from '@minqing/data/domain/local-time'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import styles from './clocks.module.css'
import { messages } from './messages.ts'

const locales = { zh: 'zh-CN', en: 'en-GB' } as const
const dayText = (time: number) => new Date(time).toISOString().slice(0, 10)
/** Days by which each key moves. */
const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['ArrowUp', -7],
  ['ArrowDown', 7],
])

/** The sign on a day, whose name says the same in words. */
const marks = { holiday: 'holidayMark', workday: 'workdayMark', weekend: null, plain: null } as const

type Props = { year: number; days: readonly SpecialDay[]; disabled: boolean; onToggle: (date: string) => void }

/**
 * The twelve months of a year. One of its days takes the keyboard; arrow keys move to the others, so that a Tab leaves
 * the calendar.
 */
export function YearGrid({ year, days, disabled, onToggle }: Props) {
  const [today] = useState(() => homeDay(new Date()))
  const [current, setCurrent] = useState(today.startsWith(`${year}-`) ? today : `${year}-01-01`)
  const root = useRef<HTMLDivElement>(null)
  const special = new Map(days.map((day) => [day.date, day]))
  const move = (event: KeyboardEvent) => {
    const step = steps.get(event.key)
    if (step === undefined) return
    event.preventDefault()
    const next = dayText(Date.parse(`${current}T00:00:00Z`) + step * dayLength)
    if (!next.startsWith(`${year}-`)) return
    setCurrent(next)
    root.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus()
  }
  return (
    // Its days are what takes the keys.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={root} className={styles.months} onKeyDown={move}>
      {Array.from({ length: 12 }, (_, month) => (
        <Month
          key={month}
          year={year}
          month={month}
          special={special}
          current={current}
          today={today}
          disabled={disabled}
          onToggle={(date) => {
            setCurrent(date)
            onToggle(date)
          }}
        />
      ))}
    </div>
  )
}

function Month({
  year,
  month,
  special,
  current,
  today,
  disabled,
  onToggle,
}: {
  year: number
  /** From 0. */
  month: number
  special: ReadonlyMap<string, SpecialDay>
  current: string
  today: string
  disabled: boolean
  onToggle: (date: string) => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', ...options })
  const first = Date.UTC(year, month, 1)
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  // Weeks begin on Monday.
  const before = (new Date(first).getUTCDay() + 6) % 7
  const name = format({ month: 'long' }).format(first)
  const long = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
  const narrow = format({ weekday: 'narrow' })
  const monday = Date.UTC(2024, 0, 1)
  return (
    <section className={styles.month} aria-label={name}>
      <h4>{name}</h4>
      <div className={styles.grid}>
        {Array.from({ length: 7 }, (_, day) => (
          <span key={day} className={styles.weekday} aria-hidden="true">
            {narrow.format(monday + day * dayLength)}
          </span>
        ))}
        {Array.from({ length: count }, (_, index) => {
          const time = first + index * dayLength
          const date = dayText(time)
          const day = special.get(date)
          const kind = day?.kind ?? (isWeekend(date) ? 'weekend' : 'plain')
          const words = [long.format(time), ...(day === undefined || day.name === '' ? [] : [day.name]), t(kind)]
          return (
            <button
              key={date}
              type="button"
              className={styles.day}
              style={index === 0 ? { gridColumnStart: before + 1 } : undefined}
              data-date={date}
              data-kind={kind}
              data-mark={marks[kind] === null ? undefined : t(marks[kind])}
              data-today={date === today || undefined}
              tabIndex={date === current ? 0 : -1}
              aria-label={words.join(language === 'zh' ? '，' : ', ')}
              title={day?.name}
              disabled={disabled}
              onClick={() => onToggle(date)}
            >
              {index + 1}
            </button>
          )
        })}
      </div>
    </section>
  )
}
