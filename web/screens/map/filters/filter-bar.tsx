import { ActiveFilters } from './active-filters.tsx'
import { CodeMenus } from './code-menus.tsx'
import styles from './filter-bar.module.css'
import { Presets } from './presets.tsx'
import { ResultCount } from './result-count.tsx'
import { TimeBrush } from './time-brush.tsx'

/** Time and the four kinds of code, over the foot of the map: everything that limits which cases are meant. */
export function FilterBar() {
  return (
    <div className={styles.bar}>
      <ActiveFilters />
      <div className={styles.row}>
        <Presets />
        <CodeMenus />
        <ResultCount />
      </div>
      <TimeBrush />
    </div>
  )
}
