import { useState } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { useMedia } from '../../ui/use-media.ts'
import { FilterBar } from './filters/filter-bar.tsx'
import { MapPageProvider } from './map-page-provider.tsx'
import { useFreshness, useIncidents } from './map-page.ts'
import styles from './map-screen.module.css'
import { DemoBadge, Notes } from './notes.tsx'
import { Panel } from './panel.tsx'
import { BottomSheet } from './sheet/bottom-sheet.tsx'
import { Legend } from './stage/legend.tsx'
import { LayerMenu, MapControls } from './stage/map-controls.tsx'
import { MapStage } from './stage/map-stage.tsx'
import { TopBar } from './top-bar/top-bar.tsx'
import { useEscape } from './use-escape.ts'
import { useHeight } from './use-height.ts'

const messages = defineMessages({
  zh: { skipToPanel: '跳到面板', panel: '区域面板' },
  en: { skipToPanel: 'Skip to panel', panel: 'Area panel' },
})

/** The map is the page; panels sit over it, beside what is selected. Below 900 px they are one sheet. */
export function MapScreen() {
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

  // The panels' own sizes are in map-screen.module.css; 12 px stay free around what is fitted, and below what is said
  // of an aggregate.
  const noted = aggregate !== null
  const padding = small
    ? { top: noted ? 124 : 24, right: 24, bottom: sheetHeight + 24, left: 24 }
    : { top: noted ? 84 : 24, right: 72, bottom: footHeight + 36, left: (narrow ? 320 : 360) + 36 }

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
            <DemoBadge />
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
