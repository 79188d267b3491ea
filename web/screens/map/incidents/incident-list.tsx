import { useCallback, useMemo, useState, type RefCallback } from 'react'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, Skeleton } from '../../../ui/notice.tsx'
import { noFilters } from '../filters/active-filters.tsx'
import { useCounts, useFreshness, useIncidents, usePlace, useViewState } from '../map-page.ts'
import { PanelHead, ScrollArea } from '../panel-parts.tsx'
import styles from './incident-list.module.css'
import { IncidentRowsPage, listedRows, rowHeight, rowsPerPage, type ListKind } from './incident-rows.tsx'
import { messages } from './messages.ts'

/**
 * The incidents behind a number, newest first. Which ones and their order follow from the columns; titles are fetched
 * page by page as they scroll into view.
 */
export function IncidentList({ list }: { list: ListKind }) {
  const t = useMessages(messages)
  const { columns, aggregate } = useIncidents()
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
  const count = tally?.[list === 'all' ? 'total' : list]
  const place = (area && feature(area)?.properties.name) ?? street?.name ?? ''
  return (
    <>
      <PanelHead
        title={t('title', { list })}
        note={[place, count !== undefined && t('count', { count }), t('newestFirst')].filter(Boolean).join(' · ')}
        onBack={() => change({ list: null })}
      />
      <ScrollArea label={t('title', { list })} divided ref={ref}>
        {aggregate !== null && count !== undefined ? (
          <div className={styles.alone}>
            <Notice
              title={t('tooManyTitle', { count })}
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
              <IncidentRowsPage key={page} rows={rows} page={page} first={first} end={end} list={list} />
            ))}
          </ul>
        )}
      </ScrollArea>
    </>
  )
}

/** The range [first, end) of rows of one height that are visible in their scroller, with a few more on both sides. */
function useVirtualRows(count: number, height: number): { ref: RefCallback<HTMLElement>; first: number; end: number } {
  const [visible, setVisible] = useState({ top: 0, height: 800 })
  const ref = useCallback((scroller: HTMLElement | null) => {
    if (scroller === null) return
    const update = () => setVisible({ top: scroller.scrollTop, height: scroller.clientHeight })
    const observer = new ResizeObserver(update)
    observer.observe(scroller)
    scroller.addEventListener('scroll', update, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', update)
    }
  }, [])
  const overscan = 6
  return {
    ref,
    first: Math.max(0, Math.floor(visible.top / height) - overscan),
    end: Math.min(count, Math.ceil((visible.top + visible.height) / height) + overscan),
  }
}
