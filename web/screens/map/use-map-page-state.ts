import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { columnsQuery } from '../../api/columns.ts'
import { densityQuery } from '../../api/density.ts'
import { areaFeaturesQuery, facilitiesQuery, type AreaFeature } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { summaryQuery } from '../../api/summary.ts'
import type { DensityLegend, MapHandle, MapTarget } from '../../map/map-inputs.ts'
import { tally } from '../../view/crossfilter.ts'
import { filterOf } from '../../view/filter-of.ts'
import { wholeTime } from '../../view/time-window.ts'
import { useView, type View } from '../../view/use-view.ts'
import { usualRadius } from '../../view/usual-radius.ts'
import { boxAround, cellFor, mostColumns, tallyOf, wholeArea } from '../../view/whole.ts'
import type { Loading, MapPage, Street } from './map-page.ts'
import { useNearGrids } from './use-near-grids.ts'

function loadingOf(query: UseQueryResult): Loading {
  return {
    failed: query.data === undefined ? query.error : null,
    pending: query.isPending,
    retry: () => void query.refetch(),
  }
}

/** All streets as one. */
function wholeOf(streets: readonly Street[], name: string): Street | undefined {
  const bbox = boxAround(streets.map((street) => street.bbox))
  if (bbox === null) return undefined
  const incidents = streets.reduce((sum, street) => sum + street.incidents, 0)
  const demo = streets.some((street) => street.demo)
  return { code: wholeArea, name, demo, bbox, incidents, from: null, to: null }
}

/** Joins the address, the data and what the filter makes of it. */
export function useMapPageState(): MapPage {
  const [view, change] = useView()
  const words = useTranslations('map')
  const client = useQueryClient()
  const map = useRef<MapHandle>(null)
  const [legend, setLegend] = useState<DensityLegend | null>(null)

  const statusResult = useQuery(statusQuery())
  const status = statusResult.data
  const streets = status?.streets
  const street = useMemo(
    () =>
      view.area === wholeArea
        ? wholeOf(streets ?? [], words('allStreets'))
        : (streets?.find(({ code }) => view.area?.startsWith(code)) ?? streets?.[0]),
    [streets, view.area, words],
  )
  const isAggregate = street?.code === wholeArea && street.incidents > mostColumns
  const areasResult = useQuery(areaFeaturesQuery(street?.code))
  const facilitiesResult = useQuery(facilitiesQuery(street?.code))
  const columnsResult = useQuery(columnsQuery(isAggregate ? undefined : street?.code))
  const columns = columnsResult.data

  const [opened] = useState(() => Date.now() / 1000)
  const now = status === undefined ? opened : Date.parse(status.now) / 1000
  const { area, time, type, channel, status: statuses, risk } = view
  const counted = useMemo(
    () => columns && tally(columns, { area, time, type, channel, status: statuses, risk }, now),
    [columns, area, time, type, channel, statuses, risk, now],
  )
  const filter = useMemo(() => filterOf(view, street?.code), [view, street?.code])

  // A write on the server makes the columns old; so does a count of the same filter that differs from ours.
  const summary = useQuery({ ...summaryQuery(filter), enabled: street !== undefined })
  const differs =
    summary.data !== undefined &&
    !summary.isPlaceholderData &&
    counted !== undefined &&
    summary.dataUpdatedAt > columnsResult.dataUpdatedAt &&
    summary.data.total !== counted.total
  // The bars under the brush are of all time, so that it can be widened again.
  const timeless = useMemo(() => filterOf({ ...view, time: wholeTime }, street?.code), [view, street?.code])
  const overTime = useQuery({ ...summaryQuery(timeless), enabled: isAggregate }).data?.byMonth
  const told = useMemo(
    () => (isAggregate && summary.data ? tallyOf(summary.data, overTime) : undefined),
    [isAggregate, summary.data, overTime],
  )
  const usual = view.radius ?? usualRadius(street?.bbox, street?.code === wholeArea ? streets?.length : 1)
  const cell = cellFor(usual)
  const density = useQuery(densityQuery(filter, isAggregate ? street.bbox : undefined, cell))
  const nearAreas = useNearGrids(
    areasResult.data,
    street?.code === wholeArea ? streets : undefined,
    street?.code === wholeArea ? view.at : null,
  )
  const asOf = status?.asOf
  const seen = useRef(asOf)
  useEffect(() => {
    const written = seen.current !== undefined && seen.current !== asOf
    seen.current = asOf
    if (!written) return
    for (const key of ['columns', 'summary', 'density', 'area', 'case-page', 'incident']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [asOf, client])
  const refetchColumns = columnsResult.refetch
  useEffect(() => {
    if (differs) void refetchColumns()
  }, [differs, refetchColumns])

  const features = useMemo(() => {
    const all = [nearAreas?.streets, nearAreas?.communities, nearAreas?.grids].flatMap(
      (collection) => (collection?.features ?? []) as AreaFeature[],
    )
    return new Map(all.map((feature) => [feature.properties.code, feature]))
  }, [nearAreas])

  const open = useCallback(
    (code: string, list: View['list'] = null) => change({ area: code, list, selected: null }),
    [change],
  )
  const select = useCallback((selected: MapTarget | null) => change({ selected }), [change])
  const fit = useCallback<MapPage['fit']>((box) => map.current?.fit(box, { animate: true, maxZoom: 17.5 }), [])

  return {
    view,
    change,
    filter,
    status,
    street,
    radius: isAggregate ? Math.max(usual, 2 * cell) : usual,
    area: view.area ?? street?.code,
    areas: nearAreas,
    facilities: facilitiesResult.data,
    columns,
    tally: told?.tally ?? counted,
    places: told?.places ?? columns?.grids,
    known: isAggregate ? street.incidents : columns?.length,
    aggregate: isAggregate
      ? { cells: density.data, cell, late: summary.isPlaceholderData || density.isPlaceholderData }
      : null,
    now,
    loading: {
      status: loadingOf(statusResult),
      areas: loadingOf(areasResult),
      cases: loadingOf(isAggregate ? summary : columnsResult),
    },
    stale: status !== undefined && statusResult.isError,
    feature: (code: string) => features.get(code),
    open,
    select,
    fit,
    map,
    legend,
    setLegend,
  }
}
