import { codeLength, parentOf, pathOf } from '@minqing/data/domain/area-code'
import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { wholeArea } from '../../../view/whole.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import styles from './breadcrumb.module.css'
import { StreetPicker } from './street-picker.tsx'

/** Street ▸ community ▸ grid; each step up is a press away. On a phone only the last, and the way up. */
export function Breadcrumb({ small }: { small: boolean }) {
  const t = useTranslations('map')
  const { street, area, feature, open } = usePlace()
  const { status } = useFreshness()
  if (street === undefined || area === undefined) return <div className={styles.crumbs} />
  const nameOf = (code: string) =>
    isWhole || code.length === codeLength.street ? street.name : (feature(code)?.properties.name ?? code)
  const isWhole = area === wholeArea
  const parent = isWhole ? null : parentOf(area)
  return (
    <nav className={styles.crumbs} aria-label={t('breadcrumb')}>
      <ol className={styles.list}>
        {small && parent !== null && (
          <li className={styles.crumb}>
            <Button kind="icon" label={t('up', { name: nameOf(parent) })} onPress={() => open(parent)}>
              <Icon name="back" />
            </Button>
          </li>
        )}
        {(small || isWhole ? [area] : pathOf(area)).map((code, index) => (
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
            {code === street.code && status !== undefined && status.streets.length > 1 && <StreetPicker />}
          </li>
        ))}
      </ol>
    </nav>
  )
}
