import { timeLimitsOf } from '@minqing/data/domain/incident-workflow/clock-settings'
import { clocksOf, clockNodeLabels, type ClockNode } from '@minqing/data/domain/incident-workflow/clocks'
import { emptyLoop } from '@minqing/data/domain/incident-workflow/incident-loop'
import {
  type EventCategory,
  eventCategories,
  eventCategoryLabels,
  type IncidentType,
} from '@minqing/data/domain/incident-type'
import { homeOffset } from '@minqing/data/domain/local-time'
import { type Urgency, urgencies, urgencyLabels } from '@minqing/data/domain/risk'
import { useMemo, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Labelled, Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './clocks.module.css'
import { messages } from './messages.ts'
import type { Draft } from './use-draft.ts'

/** Local time of China as `datetime-local` has it. */
const localText = (instant: number) => new Date(instant + homeOffset).toISOString().slice(0, 16)
const instantOf = (text: string) => Date.parse(`${text}:00+08:00`)
const dayOf = { zh: new Intl.DateTimeFormat('zh-CN', weekday()), en: new Intl.DateTimeFormat('en-GB', weekday()) }

function weekday(): Intl.DateTimeFormatOptions {
  return { weekday: 'short', timeZone: 'Asia/Shanghai' }
}

/** When a case would be due, by the settings as they are being edited. */
export function Example({ draft }: { draft: Draft }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const [category, setCategory] = useState<EventCategory>('E01')
  const [urgency, setUrgency] = useState<Urgency>('1')
  const [registered, setRegistered] = useState(() => localText(Date.now()))
  const { rules, calendar, faults } = draft
  const dues = useMemo(() => {
    const at = instantOf(registered)
    if (faults.length > 0 || Number.isNaN(at)) return null
    return duesOf({ rules: [...rules], calendar }, category, urgency, at)
  }, [rules, calendar, faults, category, urgency, registered])
  const time = (instant: number) => {
    const date = new Date(instant)
    return `${formats.dateTime(date)} ${dayOf[language].format(date)}`
  }
  return (
    <Section title={t('example')} text={t('exampleText')}>
      <div className={styles.example}>
        <Labelled name={t('category')}>
          <select value={category} onChange={({ target }) => setCategory(target.value as EventCategory)}>
            {eventCategories.map((code) => (
              <option key={code} value={code}>
                {eventCategoryLabels[code][language]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled name={t('urgency')}>
          <select value={urgency} onChange={({ target }) => setUrgency(target.value as Urgency)}>
            {urgencies.map((code) => (
              <option key={code} value={code}>
                {urgencyLabels[code][language]}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled name={t('registered')}>
          <input
            type="datetime-local"
            value={registered}
            min="2000-01-01T00:00"
            max="2099-12-31T23:59"
            onChange={({ target }) => setRegistered(target.value)}
          />
        </Labelled>
      </div>
      <output className={styles.dues}>
        {dues === null ? (
          <span>{t('cannot')}</span>
        ) : (
          dues.map(({ node, dueAt }) => (
            <span key={node}>
              {clockNodeLabels[node][language]} <strong>{t('dueAt', { time: time(dueAt) })}</strong>
            </span>
          ))
        )}
      </output>
    </Section>
  )
}

/** Of a case that is registered and accepted at an instant. */
function duesOf(
  settings: Parameters<typeof timeLimitsOf>[0],
  category: EventCategory,
  urgency: Urgency,
  at: number,
): { node: ClockNode; dueAt: number }[] {
  const type: IncidentType = category === 'E01' ? 'D99' : category
  const limits = timeLimitsOf(settings)
  const reported = { ...emptyLoop, status: '10', type, urgency, reportedAt: at } as const
  return [reported, { ...reported, status: '20', startedAt: at } as const].flatMap((loop) => clocksOf(loop, at, limits))
}
