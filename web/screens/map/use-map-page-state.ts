import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { columnsQuery } from '../../api/columns.ts'
import { areaFeaturesQuery, facilitiesQuery, type AreaFeature } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { summaryQuery } from '../../api/summary.ts'
import type { DensityLegend, MapHandle, MapTarget } from '../../map/map-inputs.ts'
import { tally } from '../../view/crossfilter.ts'
import { filterOf } from '../../view/filter-of.ts'
import { useView, type View } from '../../view/use-view.ts'
import { usualRadius } from '../../view/usual-radius.ts'
import type { Loading, MapPage } from './map-page.ts'

function loadingOf(query: UseQueryResult): Loading {
  return {
    failed: query.data === undefined ? query.error : null,
    pending: query.isPending,
    retry: () => void query.refetch(),
  }
}

/** Joins the address, the data and what the filter makes of it. */
export function useMapPageState(): MapPage {
  const [view, change] = useView()
  const client = useQueryClient()
  const map = useRef<MapHandle>(null)
  const [legend, setLegend] = useState<DensityLegend | null>(null)

  const statusResult = useQuery(statusQuery())
  const status = statusResult.data
  const street = useMemo(
    () => status?.streets.find(({ code }) => view.area?.startsWith(code)) ?? status?.streets[0],
    [status?.streets, view.area],
  )
  const areasResult = useQuery(areaFeaturesQuery(street?.code))
  const facilitiesResult = useQuery(facilitiesQuery(street?.code))
  const columnsResult = useQuery(columnsQuery(street?.code))
  const columns = columnsResult.data

  const [opened] = useState(() => Date.now() / 1000)
  const now = status === undefined ? opened : Date.parse(status.now) / 1000
  const { area, time, type, channel, status: statuses, risk } = view
  const result = useMemo(
    () => columns && tally(columns, { area, time, type, channel, status: statuses, risk }, now),
    [columns, area, time, type, channel, statuses, risk, now],
  )
  const filter = useMemo(() => filterOf(view, street?.code), [view, street?.code])

  // A write on the server makes the columns old; so does a count of the same filter that differs from ours.
  const summary = useQuery({ ...summaryQuery(filter), enabled: street !== undefined })
  const differs =
    summary.data !== undefined &&
    !summary.isPlaceholderData &&
    result !== undefined &&
    summary.dataUpdatedAt > columnsResult.dataUpdatedAt &&
    summary.data.total !== result.total
  const asOf = status?.asOf
  const seen = useRef(asOf)
  useEffect(() => {
    const written = seen.current !== undefined && seen.current !== asOf
    seen.current = asOf
    if (!written) return
    for (const key of ['columns', 'summary', 'area', 'case-page', 'incident']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [asOf, client])
  const refetchColumns = columnsResult.refetch
  useEffect(() => {
    if (differs) void refetchColumns()
  }, [differs, refetchColumns])

  const features = useMemo(() => {
    const { streets, communities, grids } = areasResult.data ?? {}
    const all = [streets, communities, grids].flatMap((collection) => (collection?.features ?? []) as AreaFeature[])
    return new Map(all.map((feature) => [feature.properties.code, feature]))
  }, [areasResult.data])

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
    radius: view.radius ?? usualRadius(street?.bbox),
    area: view.area ?? street?.code,
    areas: areasResult.data,
    facilities: facilitiesResult.data,
    columns,
    tally: result,
    now,
    loading: { status: loadingOf(statusResult), areas: loadingOf(areasResult), cases: loadingOf(columnsResult) },
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
