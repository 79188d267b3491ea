import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { ignoredParameters } from '../../view/parameters.ts'
import { LoadError } from './panel-parts.tsx'
import { useFreshness, useIncidents, usePlace } from './map-page.ts'
import styles from './notes.module.css'

/** What must be said over the map: a lost server, a link not fully understood, data that did not load. */
export function Notes() {
  const t = useTranslations('map')
  const formats = useFormats()
  const { status, stale, loadingStatus } = useFreshness()
  const { aggregate, known, loadingIncidents } = useIncidents()
  const { loadingAreas } = usePlace()
  const [ignored, setIgnored] = useState(() => ignoredParameters(location.search))
  return (
    <div className={styles.notes}>
      {stale && status?.asOf && (
        <output className={styles.note} data-tone="warning">
          {t('stale', { time: formats.shortDateTime(new Date(status.asOf)) })}
        </output>
      )}
      {aggregate !== null && (
        <output className={styles.note}>
          {t('aggregate', { count: formats.count(known ?? 0), metres: formats.count(aggregate.cell) })}
          {aggregate.late && <strong>{t('aggregating')}</strong>}
        </output>
      )}
      {ignored.length > 0 && (
        <output className={styles.note}>
          {t('ignored', { names: ignored.join(', ') })}
          <Button kind="bare" onPress={() => setIgnored([])}>
            {t('dismiss')}
          </Button>
        </output>
      )}
      <LoadError what={t('theStatus')} loading={loadingStatus} />
      <LoadError what={t('theAreas')} loading={loadingAreas} />
      <LoadError what={t('theCases')} loading={loadingIncidents} />
    </div>
  )
}
