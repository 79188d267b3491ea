import { parentOf } from '@minqing/data/domain/area-code'
import { lazy, useCallback, useEffect, useState, type RefCallback } from 'react'
import { useMay } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { useMedia } from '../../ui/use-media.ts'
import { allStreetsCode } from '../../view/parameters.ts'
import { FilterBar } from './filters/filter-bar.tsx'
import { MapPageProvider } from './map-page-provider.tsx'
import { useFreshness, useIncidents, usePlace, useViewState } from './map-page.ts'
import styles from './map-screen.module.css'
import { AsOfBadge, DemoBadge, Notes } from './notes.tsx'
import { Panel } from './panel.tsx'
import { BottomSheet } from './bottom-sheet.tsx'
import { Legend } from './stage/legend.tsx'
import { LayerMenu, MapControls } from './stage/map-controls.tsx'
import { MapStage } from './stage/map-stage.tsx'
import { TopBar } from './top-bar/top-bar.tsx'

const messages = defineMessages({
  zh: { skipToPanel: '跳到面板', panel: '区域面板' },
  en: { skipToPanel: 'Skip to panel', panel: 'Area panel' },
})

// Whoever sees the map needs none of it.
const WithoutMap = lazy(async () => ({ default: (await import('./without-map.tsx')).WithoutMap }))

/** The map fills the page, with panels over it. Below 900 px the panels are one sheet. */
export function MapScreen() {
  const mayRead = useMay('read', 'incident')
  if (!mayRead) return <WithoutMap />
  return (
    <MapPageProvider>
      <Layout />
    </MapPageProvider>
  )
}

function Layout() {
  const { aggregate } = useIncidents()
  const { status } = useFreshness()
  const t = useMessages(messages)
  const small = useMedia('(max-width: 899px)')
  const narrow = useMedia('(max-width: 1199px)')
  const [foot, footHeight] = useHeight()
  const [sheetHeight, setSheetHeight] = useState(0)
  useEscape()

  // The sizes of the panels are in map-screen.module.css; 12 px stay free around them, and below the note on aggregates.
  const hasNote = aggregate !== null
  const padding = small
    ? { top: hasNote ? 124 : 24, right: 24, bottom: sheetHeight + 24, left: 24 }
    : { top: hasNote ? 84 : 24, right: 72, bottom: footHeight + 36, left: (narrow ? 320 : 360) + 36 }

  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#panel">
        {t('skipToPanel')}
      </a>
      <TopBar small={small} />
      <main className={styles.main}>
        <MapStage padding={padding} />
        <div className={styles.corner}>
          <LayerMenu />
          <MapControls />
        </div>
        {small && (
          <div className={styles.demo}>
            <DemoBadge /> <AsOfBadge />
          </div>
        )}
        <Notes />
        {small ? (
          <BottomSheet onHeight={setSheetHeight} />
        ) : (
          <>
            <section className={styles.panel} id="panel" tabIndex={-1} aria-label={t('panel')}>
              <Panel />
            </section>
            <div className={styles.foot} ref={foot}>
              <Legend />
              {status?.streets.length === 0 ? null : <FilterBar />}
            </div>
          </>
        )}
      </main>
    </div>
  )
}

/** Escape closes the selected object, else the list, else goes up one level of areas. */
function useEscape(): void {
  const { view, change } = useViewState()
  const { select, open } = usePlace()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (event.target instanceof HTMLInputElement && event.target.value !== '' && event.target.type === 'search')
        return
      // Dialogs handle the key themselves.
      if (document.querySelector('dialog[open]') !== null) return
      if (view.selected !== null) select(null)
      else if (view.list !== null) change({ list: null })
      else if (view.area !== null && view.area !== allStreetsCode) {
        const parent = parentOf(view.area)
        if (parent !== null) open(parent)
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [view.selected, view.list, view.area, change, select, open])
}

/** A ref, and the height in pixels of the element that it is set on. */
function useHeight(): [RefCallback<HTMLElement>, number] {
  const [height, setHeight] = useState(0)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    const observer = new ResizeObserver(() => setHeight(element.offsetHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, height]
}
