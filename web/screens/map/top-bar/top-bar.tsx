import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { ExportButton } from '../export/export-button.tsx'
import { DemoBadge } from '../demo-badge.tsx'
import { useViewState } from '../map-page.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { Preferences } from './preferences.tsx'
import { SearchBox } from './search-box.tsx'
import styles from './top-bar.module.css'
import { importAddress, wallAddress } from './other-screens.ts'

export function TopBar({ small }: { small: boolean }) {
  const t = useTranslations('map')
  const shell = useTranslations('shell')
  const { view } = useViewState()
  return (
    <header className={styles.bar}>
      {small ? null : (
        <p className={styles.product}>
          <img src="/icon.svg" alt="" width="24" height="24" />
          {shell('product')}
        </p>
      )}
      <Breadcrumb small={small} />
      {small ? null : <DemoBadge />}
      <SearchBox small={small} />
      <div className={styles.tools}>
        <Preferences small={small} />
        <ExportButton small={small} />
        {small ? null : (
          <a className={styles.wall} href={importAddress(location.search)} title={t('importHint')}>
            <Icon name="upload" />
            {t('import')}
          </a>
        )}
        {small ? null : (
          <a className={styles.wall} href={wallAddress(view.area, location.search)} title={t('wallHint')}>
            <Icon name="wall" />
            {t('wall')}
          </a>
        )}
      </div>
    </header>
  )
}
