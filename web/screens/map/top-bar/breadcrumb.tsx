import { codeLength, parentOf, pathOf } from '@minqing/data/domain/area-code'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { allStreetsCode } from '../../../view/parameters.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import styles from './breadcrumb.module.css'
import { messages } from './messages.ts'

/** Street ▸ community ▸ grid as links. On a phone only the last, with a button up. */
export function Breadcrumb({ small }: { small: boolean }) {
  const t = useMessages(messages)
  const { street, area, feature, open } = usePlace()
  const { status } = useFreshness()
  if (street === undefined || area === undefined) return <div className={styles.crumbs} />
  const nameOf = (code: string) =>
    isWhole || code.length === codeLength.street ? street.name : (feature(code)?.properties.name ?? code)
  const isWhole = area === allStreetsCode
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

/** Shown when the database holds several streets, e.g. imported ones beside the demo. */
function StreetPicker() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const { status } = useFreshness()
  const { street, open } = usePlace()
  return (
    <Popover label={t('selectStreet')} trigger={<Icon name="down" size={12} />}>
      {(close) => (
        <ul className={styles.streets} aria-label={t('streets')}>
          <li>
            <button
              type="button"
              className={styles.street}
              aria-current={street?.code === allStreetsCode ? 'true' : undefined}
              onClick={() => {
                open(allStreetsCode)
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
                <span className={styles.note}>{demo ? basic('demo') : code}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
