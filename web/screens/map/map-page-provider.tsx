import { maxColumnRows } from '@minqing/data/domain/incident-columns'
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { FeatureCollection } from 'geojson'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { columnsQuery, densityQuery, summaryQuery } from '../../api/incidents.ts'
import { areaFeaturesQuery, facilitiesQuery, type AreaFeature } from '../../api/collections.ts'
import { useMay } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import type { MapHandle, MapInputs, MapLegend } from '../../map/map-inputs.ts'
import { type Camera, unionOfBoxes } from '../../view/camera.ts'
import { tally, tallyOfSummary } from '../../view/crossfilter.ts'
import { type MapTarget, allStreetsCode } from '../../view/parameters.ts'
import { instantOf } from '../../view/minute.ts'
import { wholeTime } from '../../view/time-window.ts'
import { filterOf, useCamera, useView, useViewFilter, type View } from '../../view/use-view.ts'
import { defaultBandwidth, cellForBandwidth } from '../../view/bandwidth.ts'
import {
  CountsContext,
  FreshnessContext,
  IncidentsContext,
  LegendContext,
  PlaceContext,
  ViewContext,
  type Counts,
  type Freshness,
  type Incidents,
  type Loading,
  type Place,
  type Street,
} from './map-page.ts'
import { messages } from './top-bar/messages.ts'

/** Joins the address, the data and what the filter leaves of it, for all parts of the map page. */
export function MapPageProvider({ children }: { children: ReactNode }) {
  const [view, change] = useView()
  const viewState = useMemo(() => ({ view, change }), [view, change])
  const freshness = useFreshnessState(view)
  const place = usePlaceState(view, change, freshness.status)
  const { incidents, counts } = useIncidentsState(view, place.street, freshness)
  const [legends, setLegends] = useState<MapLegend[]>([])
  const legendState = useMemo(() => ({ legends, setLegends }), [legends])
  return (
    <ViewContext value={viewState}>
      <FreshnessContext value={freshness}>
        <PlaceContext value={place}>
          <IncidentsContext value={incidents}>
            <CountsContext value={counts}>
              <LegendContext value={legendState}>{children}</LegendContext>
            </CountsContext>
          </IncidentsContext>
        </PlaceContext>
      </FreshnessContext>
    </ViewContext>
  )
}

function useFreshnessState(view: View): Freshness {
  const result = useQuery(statusQuery())
  const status = result.data
  const [opened] = useState(() => Date.now() / 1000)
  const loadingStatus = useLoading(result)
  const stale = status !== undefined && result.isError
  const asOf = view.asOf === null ? null : instantOf(view.asOf)
  return useMemo(() => {
    const current = status === undefined ? opened : Date.parse(status.now) / 1000
    const now = asOf === null ? current : Math.min(current, Date.parse(asOf) / 1000)
    return { status, asOf, now, stale, loadingStatus }
  }, [status, asOf, opened, stale, loadingStatus])
}

function usePlaceState(view: View, change: (patch: Partial<View>) => void, status: Freshness['status']): Place {
  const t = useMessages(messages)
  const map = useRef<MapHandle>(null)
  const streets = status?.streets
  const street = useMemo(
    () =>
      view.area === allStreetsCode
        ? allStreets(streets ?? [], t('allStreets'))
        : (streets?.find(({ code }) => view.area?.startsWith(code)) ?? streets?.[0]),
    [streets, view.area, t],
  )
  const areasResult = useQuery(areaFeaturesQuery(street?.code))
  const loadingAreas = useLoading(areasResult)
  const mayReadFacilities = useMay('read', 'facility')
  const facilities = useQuery(facilitiesQuery(mayReadFacilities ? street?.code : undefined)).data
  const real = useMemo(() => realStreets(streets ?? []), [streets])
  const isWhole = street?.code === allStreetsCode
  const outlines = useMemo(
    () => (isWhole ? areasOf(real, areasResult.data) : areasResult.data),
    [isWhole, real, areasResult.data],
  )
  const areas = useNearGrids(outlines, isWhole ? real : undefined)
  const features = useMemo(() => {
    const all = [areas?.streets, areas?.communities, areas?.grids].flatMap(
      (collection) => (collection?.features ?? []) as AreaFeature[],
    )
    return new Map(all.map((feature) => [feature.properties.code, feature]))
  }, [areas])
  const feature = useCallback((code: string) => features.get(code), [features])
  const open = useCallback<Place['open']>((code, list = null) => change({ area: code, list, selected: null }), [change])
  const select = useCallback((selected: MapTarget | null) => change({ selected }), [change])
  const fit = useCallback<Place['fit']>((box) => map.current?.fit(box, { animate: true, maxZoom: 17.5 }), [])
  const area = view.area ?? street?.code
  return useMemo(
    () => ({ street, area, areas, facilities, loadingAreas, feature, open, select, fit, map }),
    [street, area, areas, facilities, loadingAreas, feature, open, select, fit],
  )
}

function useIncidentsState(
  view: View,
  street: Street | undefined,
  { status, asOf, now }: Freshness,
): { incidents: Incidents; counts: Counts } {
  // What was known earlier is never counted in advance: the server says where that is too much.
  const isAggregate = asOf === null && street !== undefined && street.incidents > maxColumnRows
  const columnsResult = useQuery(columnsQuery(isAggregate ? undefined : street?.code, asOf))
  const columns = columnsResult.data
  const viewFilter = useViewFilter(view)
  const counted = useMemo(() => columns && tally(columns, viewFilter, now), [columns, viewFilter, now])
  const filter = useMemo(() => filterOf(viewFilter, street?.code), [viewFilter, street?.code])

  const summary = useQuery({ ...summaryQuery(filter), enabled: asOf === null && street !== undefined })
  // A count of the same filter that differs from ours shows that the columns are out of date.
  const differs =
    asOf === null &&
    summary.data !== undefined &&
    !summary.isPlaceholderData &&
    counted !== undefined &&
    summary.dataUpdatedAt > columnsResult.dataUpdatedAt &&
    summary.data.total !== counted.total
  const refetchColumns = columnsResult.refetch
  useEffect(() => {
    if (differs) void refetchColumns()
  }, [differs, refetchColumns])
  // The bars under the brush are of all time, so that it can be widened again.
  const timeless = useMemo(() => filterOf({ ...viewFilter, time: wholeTime }, street?.code), [viewFilter, street?.code])
  const overTime = useQuery({ ...summaryQuery(timeless), enabled: isAggregate }).data?.byMonth
  const fromServer = useMemo(
    () => (isAggregate && summary.data ? tallyOfSummary(summary.data, overTime) : undefined),
    [isAggregate, summary.data, overTime],
  )

  const ownBandwidth =
    view.radius ?? defaultBandwidth(street?.bbox, street?.code === allStreetsCode ? status?.streets.length : 1)
  const cell = cellForBandwidth(ownBandwidth)
  const density = useQuery(densityQuery(filter, isAggregate ? street.bbox : undefined, cell))
  const late = summary.isPlaceholderData || density.isPlaceholderData
  const aggregate = useMemo(
    () => (isAggregate ? { cells: density.data, cell, late } : null),
    [isAggregate, density.data, cell, late],
  )
  const known = isAggregate ? street.incidents : columns?.length
  const bandwidth = isAggregate ? Math.max(ownBandwidth, 2 * cell) : ownBandwidth
  const columnsLoading = useLoading(columnsResult)
  const summaryLoading = useLoading(summary)
  const loadingIncidents = isAggregate ? summaryLoading : columnsLoading
  const incidents = useMemo(
    () => ({ filter, columns, known, bandwidth, aggregate, loadingIncidents }),
    [filter, columns, known, bandwidth, aggregate, loadingIncidents],
  )
  const shown = fromServer?.tally ?? counted
  const places = fromServer?.places ?? columns?.grids
  const counts = useMemo(() => ({ tally: shown, places }), [shown, places])
  return { incidents, counts }
}

function useLoading({ data, error, isPending, refetch }: UseQueryResult): Loading {
  const failed = data === undefined ? error : null
  return useMemo(() => ({ failed, pending: isPending, retry: () => void refetch() }), [failed, isPending, refetch])
}

/** Those before the demo, which may lie beneath them; all where none is (the order is that of `/api/status`). */
function realStreets(streets: readonly Street[]): readonly Street[] {
  const demo = streets.findIndex((street) => street.demo)
  return demo > 0 ? streets.slice(0, demo) : streets
}

/** The streets and communities of some streets. */
function areasOf(streets: readonly Street[], areas: MapInputs['areas']): MapInputs['areas'] {
  if (areas === undefined) return undefined
  const codes = new Set(streets.map(({ code }) => code))
  const of = (collection: FeatureCollection): FeatureCollection => ({
    ...collection,
    features: collection.features.filter(({ properties }) => codes.has(String(properties?.['streetCode']))),
  })
  return { ...areas, streets: of(areas.streets), communities: of(areas.communities) }
}

/** All streets as one. */
function allStreets(streets: readonly Street[], name: string): Street | undefined {
  const bbox = unionOfBoxes(realStreets(streets).map((street) => street.bbox))
  if (bbox === null) return undefined
  const incidents = streets.reduce((sum, street) => sum + street.incidents, 0)
  const demo = streets.some((street) => street.demo)
  return { code: allStreetsCode, name, demo, bbox, incidents, from: null, to: null }
}

/** Zoom from which grids are drawn. */
const gridsFrom = 12.8
const mostStreets = 9
const tilesAcross = 4

type Loaded = { grids: FeatureCollection }

/**
 * All streets' areas with the grids of those streets that lie around the camera: streets far away, communities in
 * between, grids near. Without `streets` the areas as they are. The result stays the same object while the camera moves
 * among the same streets.
 */
function useNearGrids(areas: MapInputs['areas'], streets: readonly Street[] | undefined): MapInputs['areas'] {
  const [camera] = useCamera()
  const near =
    streets !== undefined && camera !== null && camera.zoom >= gridsFrom ? streetsAround(streets, camera) : []
  const combine = useCallback((results: UseQueryResult<Loaded>[]) => results.flatMap(({ data }) => data ?? []), [])
  const loaded = useQueries({ queries: near.map(({ code }) => areaFeaturesQuery(code)), combine })
  return useMemo(() => {
    const features = loaded.flatMap(({ grids }) => grids.features)
    return areas === undefined || features.length === 0 ? areas : { ...areas, grids: { ...areas.grids, features } }
  }, [areas, loaded])
}

function streetsAround(streets: readonly Street[], { lon, lat, zoom }: Camera): Street[] {
  // Degrees: half of a screen some four tiles wide.
  const distance = ((360 / 2 ** zoom) * tilesAcross) / 2
  const away = ({ bbox: [west, south, east, north] }: Street) =>
    Math.max(west - lon, lon - east, south - lat, lat - north, 0)
  return streets
    .filter((street) => away(street) <= distance)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, mostStreets)
}
