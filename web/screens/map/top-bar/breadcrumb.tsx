import { codeLength, pathOf } from '@minqing/data/domain/area-code'
import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { useMapPage } from '../map-page.ts'
import styles from './breadcrumb.module.css'
import { StreetPicker } from './street-picker.tsx'

/** Street ▸ community ▸ grid; each step up is a press away. */
export function Breadcrumb() {
  const t = useTranslations('map')
  const { street, area, feature, open, status } = useMapPage()
  if (street === undefined || area === undefined) return <div className={styles.crumbs} />
  const nameOf = (code: string) =>
    code.length === codeLength.street ? street.name : (feature(code)?.properties.name ?? code)
  return (
    <nav className={styles.crumbs} aria-label={t('breadcrumb')}>
      <ol className={styles.list}>
        {pathOf(area).map((code, index) => (
          <li key={code} className={styles.crumb}>
            {index > 0 && <Icon name="chevron" size={12} />}
            <button
              type="button"
              className={styles.step}
              aria-current={code === area ? 'page' : undefined}
              onClick={() => open(code)}
            >
              {nameOf(code)}
            </button>
            {index === 0 && status !== undefined && status.streets.length > 1 && <StreetPicker />}
          </li>
        ))}
      </ol>
    </nav>
  )
}
