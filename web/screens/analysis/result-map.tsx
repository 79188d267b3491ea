import type { Language } from '@minqing/data/domain/label'
import { readsPositions } from '@minqing/data/domain/analysis'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import type { AnalysisOverlay, MapHandle, MapInputs, MapLegend } from '../../map/map-inputs.ts'
import { useTheme } from '../../theme/theme.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LegendFigure } from '../../ui/legend.tsx'
import styles from './analysis-screen.module.css'
import { clusterCategories, developmentCategories, warningCategories } from './categories.ts'
import { messages } from './messages.ts'
import { bboxOfResult, breaksOf, measureTitle, selectedWith } from './result.ts'
import { pointMessages } from './point-messages.ts'
import { overlayFeatures } from './overlay.ts'
import { silenceCategories } from './silence.tsx'
import type { AnalysisView } from './use-question.ts'

// Its code and that of the print engine are loaded on first use.
const PrintResult = lazy(async () => ({ default: (await import('./print-result.tsx')).PrintResult }))

const layers: MapInputs['layers'] = ['grids', 'labels', 'hot-spots']
const noDensity: MapInputs['density'] = { mode: 'off', bandwidth: 60 }
const padding = { top: 24, right: 24, bottom: 96, left: 24 }

type Shown = NonNullable<AnalysisView['show']>

/** What the map can show of a result; first what it shows unless something else is chosen. */
function shownWays(result: AnalysisResult | undefined): [Shown, ...Shown[]] {
  switch (result?.analysis.question.method) {
    case 'emerging':
      return ['development', 'significance', 'value']
    case 'warning':
      return ['warning', 'value']
    case 'silence':
      return ['silence', 'value']
    case 'density':
      return ['value', 'significance']
    case 'hot-spots':
    case 'local-moran':
    case 'scan':
    case 'near-repeat':
    case 'clusters':
    case 'comparison':
    case undefined:
      return ['significance', 'value']
  }
}

/** How the map draws what is shown. */
function drawnAs(
  show: Shown,
  result: AnalysisResult,
  language: Language,
): Pick<AnalysisOverlay, 'show' | 'categories'> {
  switch (show) {
    case 'significance':
      return readsPositions(result.analysis.question.method)
        ? { show: 'categories', categories: clusterCategories(result, language) }
        : { show }
    case 'value':
      return { show }
    case 'development':
      return { show: 'categories', categories: developmentCategories(result, language) }
    case 'warning':
      return { show: 'categories', categories: warningCategories(language) }
    case 'silence':
      return { show: 'categories', categories: silenceCategories(language) }
  }
}

function shownOf(result: AnalysisResult | undefined, chosen: Shown | null): Shown {
  const ways = shownWays(result)
  return ways.find((way) => way === chosen) ?? ways[0]
}

/** The result on the base map, with the legend of what is shown. */
export function ResultMap({
  result,
  view,
  onSelect,
  onShow,
}: {
  result: AnalysisResult | undefined
  view: AnalysisView
  onSelect: (code: string | null) => void
  onShow: (show: Shown) => void
}) {
  const t = useMessages(messages)
  const own = useMessages(pointMessages)
  const language = useLanguage()
  const [theme] = useTheme()
  const map = useRef<MapHandle>(null)
  const [isReady, setReady] = useState(false)
  const [isPrinting, setPrinting] = useState(false)
  const [legends, setLegends] = useState<MapLegend[]>([])
  const { data: status } = useQuery(statusQuery())
  const { data: areas } = useQuery(areaFeaturesQuery(view.area?.slice(0, 9) ?? status?.streets[0]?.code))
  const show = shownOf(result, view.show)
  const breaks = useMemo(() => (result === undefined ? [] : breaksOf(result)), [result])
  const features = useMemo(
    () => (result === undefined ? undefined : overlayFeatures(result, breaks, show)),
    [result, breaks, show],
  )
  const { selected } = view
  const analysis = useMemo(() => {
    if (result === undefined || features === undefined) return undefined
    return {
      features,
      ...drawnAs(show, result, language),
      breaks,
      title: measureTitle(result, language),
      note:
        result.analysis.outside === undefined
          ? t('mapNote', { units: result.analysis.units, incidents: result.analysis.incidents })
          : own('mapNote', { incidents: result.analysis.incidents }),
      selected: selectedWith(result, selected).map(({ code }) => code),
    }
  }, [result, features, show, breaks, language, selected, t, own])
  // Near repeats are no places.
  const isDrawn = result?.analysis.nearRepeat === undefined
  const box = useMemo(() => (result === undefined ? null : bboxOfResult(result)), [result])
  useEffect(() => {
    if (isReady && box !== null) map.current?.fit(box, { maxZoom: 17 })
  }, [isReady, box])
  return (
    <figure className={styles.map} aria-label={t('map')}>
      <MapCanvas
        ref={map}
        theme={theme}
        language={language}
        versions={status?.versions}
        areas={areas}
        facilities={undefined}
        columns={undefined}
        mask={undefined}
        density={noDensity}
        analysis={analysis}
        layers={layers}
        area={null}
        selected={null}
        padding={padding}
        initialCamera={null}
        scale={1}
        interactive
        onSelect={(hit) => onSelect(hit?.kind === 'area' ? hit.id : null)}
        onReady={() => setReady(true)}
        onLegends={setLegends}
      />
      <div className={styles.corner}>
        {isDrawn && (
          <div role="group" aria-label={t('show')} className={styles.switch}>
            {shownWays(result).map((way) => (
              <Button key={way} pressed={show === way} onPress={() => onShow(way)}>
                {t(`shown.${way}`)}
              </Button>
            ))}
          </div>
        )}
        {result !== undefined && isDrawn && (
          <div className={styles.switch}>
            <Button onPress={() => setPrinting(true)}>
              <Icon name="download" />
              {t('print')}
            </Button>
          </div>
        )}
        <div className={styles.zoom}>
          <Button kind="icon" label={t('zoomIn')} onPress={() => map.current?.zoomBy(1)}>
            <Icon name="plus" />
          </Button>
          <Button kind="icon" label={t('zoomOut')} onPress={() => map.current?.zoomBy(-1)}>
            <Icon name="minus" />
          </Button>
        </div>
      </div>
      <figcaption className={styles.legends}>
        {legends.map((legend) => (
          <LegendFigure key={legend.layer} legend={legend} />
        ))}
      </figcaption>
      {isPrinting && result !== undefined && (
        <Suspense>
          <PrintResult result={result} map={map} onClose={() => setPrinting(false)} />
        </Suspense>
      )}
    </figure>
  )
}
