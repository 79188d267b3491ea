import { lazy, Suspense, type ReactNode } from 'react'
import { useMessages } from '../../../i18n/messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { lastDays, sameTimeWindow, wholeTime } from '../../../view/time-window.ts'
import { useCounts, useFreshness, useIncidents, useViewState } from '../map-page.ts'
import { ActiveFilters } from './active-filters.tsx'
import { FacetMenus, FacetSections } from './facet-menus.tsx'
import styles from './filters.module.css'
import { messages } from './messages.ts'
import { TimeBrush } from './time-brush.tsx'

const AsOfChoice = lazy(async () => ({ default: (await import('./as-of.tsx')).AsOfChoice }))

/** Time and facets, over the foot of the map: everything that limits which incidents are meant. */
export function FilterBar() {
  return (
    <div className={styles.bar}>
      <ActiveFilters />
      <div className={styles.row}>
        <Presets />
        <FacetMenus />
        <AsOfMenu />
        <ResultCount />
      </div>
      <TimeBrush />
    </div>
  )
}

/** The filter bar's parts under each other, for the sheet: menus become sections that unfold. */
export function FilterSections() {
  const t = useMessages(messages)
  return (
    <div className={styles.sections}>
      <ResultCount />
      <ActiveFilters />
      <Presets />
      <TimeBrush />
      <FacetSections />
      <details className={styles.section}>
        <summary className={styles.summary}>{t('asOf')}</summary>
        <Suspense>
          <AsOfChoice />
        </Suspense>
      </details>
    </div>
  )
}

/** As of when the cases are shown. */
function AsOfMenu() {
  const t = useMessages(messages)
  const { asOf } = useFreshness()
  const trigger = (
    <>
      {t('asOf')}
      <Icon name="down" size={12} />
    </>
  )
  return (
    <Popover side="above" active={asOf !== null} trigger={trigger}>
      <Suspense>
        <AsOfChoice />
      </Suspense>
    </Popover>
  )
}

const spans = [
  ['days7', 7],
  ['days30', 30],
  ['days90', 90],
  ['year', 365],
] as const

function Presets() {
  const t = useMessages(messages)
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

const strong = (text: ReactNode) => <strong>{text}</strong>

/** How many incidents the filter leaves; opens their list. Read aloud when it changes. */
function ResultCount() {
  const t = useMessages(messages)
  const formats = useFormats()
  const { tally } = useCounts()
  const { known } = useIncidents()
  const { change } = useViewState()
  if (tally === undefined || known === undefined) return null
  return (
    <button type="button" className={styles.resultCount} onClick={() => change({ list: 'all', selected: null })}>
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
