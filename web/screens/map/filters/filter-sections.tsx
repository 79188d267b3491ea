import { useTranslations } from 'use-intl'
import { useViewState } from '../map-page.ts'
import { ActiveFilters } from './active-filters.tsx'
import { codeFilters } from './choices.ts'
import { CodeChoices } from './code-choices.tsx'
import styles from './filter-sections.module.css'
import { Presets } from './presets.tsx'
import { ResultCount } from './result-count.tsx'
import { TimeBrush } from './time-brush.tsx'

/** The filter bar's parts under each other, for the sheet: menus become sections that unfold. */
export function FilterSections() {
  const t = useTranslations('filters')
  const { view } = useViewState()
  return (
    <div className={styles.sections}>
      <ResultCount />
      <ActiveFilters />
      <Presets />
      <TimeBrush />
      {codeFilters.map((filter) => (
        <details key={filter} className={styles.section}>
          <summary className={styles.summary}>
            {view[filter].length > 0
              ? t('selected', { name: t(filter), count: String(view[filter].length) })
              : t(filter)}
          </summary>
          <CodeChoices filter={filter} />
        </details>
      ))}
    </div>
  )
}
