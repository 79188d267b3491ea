import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { wholeArea } from '../../../view/whole.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import styles from './street-picker.module.css'

/** Shown when the database holds several streets, e.g. imported ones beside the demo. */
export function StreetPicker() {
  const t = useTranslations('map')
  const { status } = useFreshness()
  const { street, open } = usePlace()
  return (
    <Popover label={t('pickStreet')} trigger={<Icon name="down" size={12} />}>
      {(close) => (
        <ul className={styles.list} aria-label={t('streets')}>
          <li>
            <button
              type="button"
              className={styles.street}
              aria-current={street?.code === wholeArea ? 'true' : undefined}
              onClick={() => {
                open(wholeArea)
                close()
              }}
            >
              <span>{t('allStreets')}</span>
              <span className={styles.note}>{t('streetCount', { count: status?.streets.length ?? 0 })}</span>
            </button>
          </li>
          {status?.streets.map(({ code, name, demo }) => (
            <li key={code}>
              <button
                type="button"
                className={styles.street}
                aria-current={code === street?.code ? 'true' : undefined}
                onClick={() => {
                  open(code)
                  close()
                }}
              >
                <span>{name}</span>
                <span className={styles.note}>{demo ? t('demo') : code}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
