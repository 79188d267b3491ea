import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormats } from '../../../ui/use-formats.ts'
import { useCounts, useIncidents, useViewState } from '../map-page.ts'
import styles from './result-count.module.css'

const strong = (text: ReactNode) => <strong>{text}</strong>

/** How many cases the filter leaves; opens their list. Said aloud when it changes. */
export function ResultCount() {
  const t = useTranslations('filters')
  const formats = useFormats()
  const { tally } = useCounts()
  const { known } = useIncidents()
  const { change } = useViewState()
  if (tally === undefined || known === undefined) return null
  return (
    <button type="button" className={styles.count} onClick={() => change({ list: 'all', selected: null })}>
      <span role="status">
        {t.rich('result', {
          count: formats.count(tally.total),
          total: formats.count(known),
          b: strong,
        })}
      </span>
    </button>
  )
}
