import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Preferences } from '../../../ui/preferences.tsx'
import { importPath, wallPath } from '../../../view/screen-path.ts'
import { ExportButton } from '../export/export-button.tsx'
import { DemoBadge } from '../notes.tsx'
import { useViewState } from '../map-page.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { messages } from './messages.ts'
import { SearchBox } from './search-box.tsx'
import styles from './top-bar.module.css'

export function TopBar({ small }: { small: boolean }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const { view } = useViewState()
  return (
    <header className={styles.bar}>
      {small ? null : (
        <p className={styles.product}>
          <img src="/icon.svg" alt="" width="24" height="24" />
          {basic('product')}
        </p>
      )}
      <Breadcrumb small={small} />
      {small ? null : <DemoBadge />}
      <SearchBox small={small} />
      <div className={styles.tools}>
        <Preferences small={small} />
        <ExportButton small={small} />
        {small ? null : (
          <a className={styles.link} href={importPath(location.search)} title={t('importHint')}>
            <Icon name="upload" />
            {t('import')}
          </a>
        )}
        {small ? null : (
          <a className={styles.link} href={wallPath(view.area, location.search)} title={t('wallHint')}>
            <Icon name="wall" />
            {t('wall')}
          </a>
        )}
      </div>
    </header>
  )
}
