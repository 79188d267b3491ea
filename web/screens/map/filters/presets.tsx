import { useTranslations } from 'use-intl'
import { lastDays, sameTimeWindow, wholeTime } from '../../../view/time-window.ts'
import { useFreshness, useViewState } from '../map-page.ts'
import styles from './presets.module.css'

const spans = [
  ['days7', 7],
  ['days30', 30],
  ['days90', 90],
  ['year', 365],
] as const

export function Presets() {
  const t = useTranslations('filters')
  const { view, change } = useViewState()
  const { now } = useFreshness()
  const presets = [
    ...spans.map(([key, days]) => ({ key, window: lastDays(days, now) })),
    { key: 'all' as const, window: wholeTime },
  ]
  return (
    <div className={styles.presets} role="group" aria-label={t('presets')}>
      {presets.map(({ key, window }) => (
        <button
          key={key}
          type="button"
          className={styles.preset}
          aria-pressed={sameTimeWindow(view.time, window)}
          onClick={() => change({ time: window })}
        >
          {t(key)}
        </button>
      ))}
    </div>
  )
}
