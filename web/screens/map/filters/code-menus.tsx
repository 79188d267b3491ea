import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { useViewState } from '../map-page.ts'
import { codeFilters } from './choices.ts'
import { CodeChoices } from './code-choices.tsx'
import styles from './code-menus.module.css'

/** The four sets of codes as menus above the bar. */
export function CodeMenus() {
  const t = useTranslations('filters')
  const { view } = useViewState()
  return (
    <div className={styles.menus}>
      {codeFilters.map((filter) => {
        const count = view[filter].length
        return (
          <Popover
            key={filter}
            side="above"
            active={count > 0}
            trigger={
              <>
                {count > 0 ? t('selected', { name: t(filter), count: String(count) }) : t(filter)}
                <Icon name="down" size={12} />
              </>
            }
          >
            <CodeChoices filter={filter} />
          </Popover>
        )
      })}
    </div>
  )
}
