import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { Language } from '@minqing/data/domain/label'
import type { WallStep } from '@minqing/data/domain/wall'
import { useEffect, useState } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from './ticker.module.css'
import { placeName, typeName, type WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: { title: '动态', outside: '网格外' },
  en: { title: 'Updates', outside: 'Outside all grids' },
})

const secondsPerStep = 5

/**
 * The latest steps of cases; with a new key for a new step it starts with that one. Entries replace each other instead of
 * scrolling: a line that stands still can be read from six metres.
 */
export function Ticker(props: {
  steps: readonly WallStep[]
  moving: boolean
  now: number
  format: WallFormat
  language: Language
}) {
  const { steps, moving, format, language } = props
  const t = useMessages(messages)
  const [shift, setShift] = useState(0)
  useEffect(() => {
    if (!moving) return
    const timer = window.setInterval(() => setShift((last) => last + 1), secondsPerStep * 1000)
    return () => window.clearInterval(timer)
  }, [moving])

  const first = steps.length === 0 ? 0 : shift % steps.length
  return (
    <section className={styles.ticker} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul>
        {[...steps.slice(first), ...steps.slice(0, first)].map((step) => (
          <li key={step.position}>
            <time dateTime={step.at}>{format.localTime(step.at, props.now)}</time>
            <span>{placeName(step, t('outside'))}</span>
            <span>{typeName(step.type, language)}</span>
            <b>{incidentStatusLabels[step.toStatus][language]}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
