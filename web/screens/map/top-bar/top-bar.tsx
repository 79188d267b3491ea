import { useMay } from '../../../api/session.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Icon, type IconName } from '../../../ui/icon.tsx'
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
        {mayRegister && <BarLink href={intakePath(location.search)} icon="plus" name={t('intake')} small={small} />}
        {/* On a phone the bar has room for one of both: who works in the street exports nothing. */}
        {mayCases && !(small && mayExport) && (
          <BarLink href={tasksPath(location.search)} icon="list" name={t('tasks')} small={small} />
        )}
        {!small && (
          <>
            {mayAnalyse && (
              <BarLink href={analysisPath(view.area, location.search)} icon="analysis" name={t('analysis')} roomy />
            )}
            {mayCount && (
              <BarLink href={figuresPath(view.area, location.search)} icon="figures" name={t('figures')} roomy />
            )}
            {mayImport && <BarLink href={importPath(location.search)} icon="upload" name={t('import')} roomy />}
            {mayWall && <BarLink href={wallPath(view.area, location.search)} icon="wall" name={t('wall')} roomy />}
          </>
        )}
        <AccountMenu small={small} />
      </div>
    </header>
  )
}

/** @param roomy its name is shown only where the bar has room for the names of all */
function BarLink({
  href,
  icon,
  name,
  small = false,
  roomy = false,
}: {
  href: string
  icon: IconName
  name: string
  small?: boolean
  roomy?: boolean
}) {
  return (
    <a className={styles.link} href={href} aria-label={name} title={name}>
      <Icon name={icon} />
      {small ? null : <span className={roomy ? styles.roomy : undefined}>{name}</span>}
    </a>
  )
}
