import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ScrollArea } from '../../../ui/scroll-area.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { noFilters } from '../filters/no-filters.ts'
import { useCounts, useFreshness, useIncidents, usePlace, useViewState } from '../map-page.ts'
import { PanelHead } from '../panel-head.tsx'
import styles from './case-list.module.css'
import { CasePage, rowsPerPage } from './case-page.tsx'
import { listedRows, type ListKind } from './listed-rows.ts'
import { rowHeight } from './row-height.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

/**
 * The cases behind a number, newest first. Which and in what order is known from the columns at once, for any number of
 * them; titles come page by page as they are scrolled into sight.
 */
export function CaseList({ list }: { list: ListKind }) {
  const t = useTranslations('cases')
  const { columns, aggregate, known } = useIncidents()
  const { tally } = useCounts()
  const { now } = useFreshness()
  const { area, street, feature } = usePlace()
  const { change } = useViewState()
  const mask = tally?.mask
  const rows = useMemo(
    () => (columns && mask ? listedRows(columns, mask, list, now) : undefined),
    [columns, mask, list, now],
  )
  const { ref, first, end } = useVirtualRows(rows?.length ?? 0, rowHeight)
  const pages = Array.from(
    { length: Math.ceil(end / rowsPerPage) - Math.floor(first / rowsPerPage) },
    (_, index) => Math.floor(first / rowsPerPage) + index,
  )
  const place = (area && feature(area)?.properties.name) ?? street?.name ?? ''
  return (
    <>
      <PanelHead
        title={t('title', { list })}
        note={`${place} · ${t('count', { count: rows?.length ?? 0 })} · ${t('newestFirst')}`}
        onBack={() => change({ list: null })}
      />
      <ScrollArea label={t('title', { list })} divided ref={ref}>
        {aggregate !== null ? (
          <div className={styles.alone}>
            <Notice
              title={t('tooManyTitle', { count: known ?? 0 })}
              action={<Button onPress={() => change({ list: null })}>{t('toStreets')}</Button>}
            >
              {t('tooManyText')}
            </Notice>
          </div>
        ) : rows === undefined ? (
          <div className={styles.alone}>
            <Skeleton lines={8} />
          </div>
        ) : rows.length === 0 ? (
          <div className={styles.alone}>
            <Notice
              title={t('emptyTitle')}
              action={<Button onPress={() => change(noFilters)}>{t('resetFilters')}</Button>}
            >
              {t('emptyText')}
            </Notice>
          </div>
        ) : (
          <ul className={styles.list} style={{ blockSize: rows.length * rowHeight }}>
            {pages.map((page) => (
              <CasePage key={page} rows={rows} page={page} first={first} end={end} list={list} />
            ))}
          </ul>
        )}
      </ScrollArea>
    </>
  )
}
