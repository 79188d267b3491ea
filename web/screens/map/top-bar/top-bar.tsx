import { useMay } from '../../../api/session.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Preferences } from '../../../ui/preferences.tsx'
import { analysisPath, figuresPath, importPath, intakePath, tasksPath, wallPath } from '../../../view/screen-path.ts'
import { AccountMenu } from '../../account/account-menu.tsx'
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
  const mayImport = useMay('create', 'import')
  const mayExport = useMay('export', 'incident')
  const mayWall = useMay('read', 'wall')
  const mayAnalyse = useMay('create', 'analysis')
  const mayCases = useMay('read', 'incident')
  const mayCount = useMay('count', 'incident')
  const mayRegister = useMay('create', 'incident')
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
        {mayExport && <ExportButton small={small} />}
        {mayRegister && (
          <a className={styles.link} href={intakePath(location.search)} aria-label={t('intake')}>
            <Icon name="plus" />
            {small ? null : t('intake')}
          </a>
        )}
        {mayCases && !small && (
          <a className={styles.link} href={tasksPath(location.search)}>
            <Icon name="list" />
            {t('tasks')}
          </a>
        )}
        {mayAnalyse && !small && (
          <a className={styles.link} href={analysisPath(view.area, location.search)} title={t('analysisHint')}>
            <Icon name="analysis" />
            {t('analysis')}
          </a>
        )}
        {mayCount && !small && (
          <a
            className={styles.link}
            href={figuresPath(view.area, location.search)}
            aria-label={t('figures')}
            title={t('figuresHint')}
          >
            <Icon name="list" />
            <span className={styles.roomy}>{t('figures')}</span>
          </a>
        )}
        {mayImport && !small && (
          <a className={styles.link} href={importPath(location.search)} title={t('importHint')}>
            <Icon name="upload" />
            {t('import')}
          </a>
        )}
        {mayWall && !small && (
          <a className={styles.link} href={wallPath(view.area, location.search)} title={t('wallHint')}>
            <Icon name="wall" />
            {t('wall')}
          </a>
        )}
        <AccountMenu small={small} />
      </div>
    </header>
  )
}
