import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { ExportButton } from '../export/export-button.tsx'
import { useMapPage } from '../map-page.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { Preferences } from './preferences.tsx'
import { SearchBox } from './search-box.tsx'
import styles from './top-bar.module.css'
import { wallAddress } from './wall-address.ts'

export function TopBar({ small }: { small: boolean }) {
  const t = useTranslations('map')
  const shell = useTranslations('shell')
  const { street, view } = useMapPage()
  return (
    <header className={styles.bar}>
      <p className={styles.product}>
        <img src="/icon.svg" alt="" width="24" height="24" />
        {small ? null : shell('product')}
      </p>
      <Breadcrumb />
      {street?.demo && (
        <span className={styles.demo} title={t('demoHint')}>
          {t('demo')}
        </span>
      )}
      <SearchBox small={small} />
      <div className={styles.tools}>
        <Preferences small={small} />
        <ExportButton small={small} />
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
