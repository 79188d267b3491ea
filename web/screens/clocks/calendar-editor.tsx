import type { SpecialDay } from '@minqing/data/domain/incident-workflow/calendar'
import { effectiveYears } from '@minqing/data/domain/incident-workflow/clock-settings'
import {
  decodeHolidayFile,
  type LoadedYear,
  loadedYears,
  readHolidayFile,
  withLoadedYears,
} from '@minqing/data/domain/incident-workflow/holiday-file'
import { nationalYears } from '@minqing/data/domain/incident-workflow/national-holidays'
import { withDay } from '@minqing/data/domain/incident-workflow/settings-changes'
import { isWeekend } from '@minqing/data/domain/incident-workflow/settings-faults'
import { homeDay } from '@minqing/data/domain/instant'
import { ProblemError } from '@minqing/data/domain/problem'
import { useRef, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import styles from './clocks.module.css'
import { messages } from './messages.ts'
import type { Draft } from './use-draft.ts'
import { YearGrid } from './year-grid.tsx'

const firstYear = 2000
const lastYear = 2099

/** Years with their special days; a press changes a day, a file sets whole years. */
export function CalendarEditor({ draft, disabled }: { draft: Draft; disabled: boolean }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [year, setYear] = useState(() => Number(homeDay(new Date()).slice(0, 4)))
  const [name, setName] = useState('')
  const { calendar } = draft
  const own = calendar.years.find((one) => one.year === year)
  const isNational = nationalYears.some((one) => one.year === year)
  const days = effectiveYears(calendar.years).find((one) => one.year === year)?.days ?? []
  const [counted] = loadedYears([{ year, days }])
  const index = calendar.years.findIndex((one) => one.year === year)
  const faults = draft.faults.filter(({ at }) => index !== -1 && `${at}.`.startsWith(`calendar.years.${index}.`))
  const setYears = (years: Draft['calendar']['years']) => draft.setCalendar({ ...calendar, years })
  const toggle = (date: string) => {
    const before = days.find((day) => day.date === date) ?? null
    setYears(withDay(calendar.years, date, nextDay(date, before, name)))
  }
  return (
    <Section title={t('calendar')} text={t('calendarText')}>
      <div className={styles.years}>
        <Button kind="icon" label={t('before')} disabled={year <= firstYear} onPress={() => setYear(year - 1)}>
          ‹
        </Button>
        <h3 aria-live="polite">{t('year', { year: String(year) })}</h3>
        <Button kind="icon" label={t('after')} disabled={year >= lastYear} onPress={() => setYear(year + 1)}>
          ›
        </Button>
        <span className={styles.quiet}>
          {own === undefined && !isNational ? '' : `${t(own === undefined ? 'nationalYear' : 'ownYear')} · `}
          {t('counts', { holidays: String(counted?.holidays ?? 0), workdays: String(counted?.workdays ?? 0) })}
        </span>
        {own !== undefined && (
          <Button disabled={disabled} onPress={() => setYears(calendar.years.filter((one) => one.year !== year))}>
            {t(isNational ? 'resetYear' : 'clearYear')}
          </Button>
        )}
      </div>
      {own === undefined && !isNational && <Notice title={t('unknownYear', { year: String(year) })} />}
      {faults.map(({ at, problem, remedy }) => (
        <p key={at} className={styles.problem}>
          {problem[language]}
          {language === 'zh' ? '。' : '. '}
          {remedy[language]}
        </p>
      ))}
      <YearGrid key={year} year={year} days={days} disabled={disabled} onToggle={toggle} />
      {!disabled && (
        <div className={styles.marking}>
          <TextField name={t('name')} hint={t('nameHint')} value={name} onText={setName} maxLength={20} />
          <HolidayFile
            onLoaded={(loaded) => {
              setYears(withLoadedYears(calendar.years, loaded))
              const last = loaded.at(-1)
              if (last !== undefined) setYear(last.year)
            }}
          />
        </div>
      )}
    </Section>
  )
}

/** What a press makes of a day. */
function nextDay(date: string, before: SpecialDay | null, name: string): SpecialDay | null {
  const marked = (kind: SpecialDay['kind']) => ({ date, kind, name: name.trim() })
  if (!isWeekend(date)) return before === null ? marked('holiday') : null
  if (before === null) return marked('workday')
  return before.kind === 'workday' ? marked('holiday') : null
}

/** Reads a file of holidays into what is being edited; nothing is sent until it is saved. */
function HolidayFile({ onLoaded }: { onLoaded: (years: ReturnType<typeof readHolidayFile>) => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const [done, setDone] = useState<{ years: LoadedYear[] } | { failure: string }>()
  const take = async (file: File) => {
    try {
      const years = readHolidayFile(decodeHolidayFile(new Uint8Array(await file.arrayBuffer())))
      onLoaded(years)
      setDone({ years: loadedYears(years) })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const stop = language === 'zh' ? '。' : '. '
      setDone({ failure: [error.detail, error.remedy].flatMap((label) => label?.[language] ?? []).join(stop) })
    }
  }
  const yearText = ({ year, holidays, workdays }: LoadedYear) =>
    t('loadedYear', { year: String(year), holidays: String(holidays), workdays: String(workdays) })
  return (
    <div className={styles.file}>
      <input
        ref={input}
        hidden
        type="file"
        accept=".csv,.txt,.json,text/csv,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) void take(file)
          target.value = ''
        }}
      />
      <Button onPress={() => input.current?.click()}>{t('file')}</Button>
      <small className={styles.quiet}>{t('fileHint')}</small>
      <output>
        {done !== undefined && 'years' in done
          ? t('loaded', { years: done.years.map(yearText).join(language === 'zh' ? '；' : '; ') })
          : ''}
      </output>
      {done !== undefined && 'failure' in done && (
        <Notice tone="danger" title={t('fileFailed')}>
          {done.failure}
        </Notice>
      )}
    </div>
  )
}
