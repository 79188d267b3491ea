import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { DataStatus } from '@minqing/data/domain/summary'
import { createContext, useContext, type RefObject } from 'react'
import type { AreaFeature } from '../../api/collections.ts'
import type { DensityLegend, MapHandle, MapInputs, MapTarget } from '../../map/map-inputs.ts'
import type { Tally } from '../../view/crossfilter.ts'
import type { ChangeView, View } from '../../view/use-view.ts'

export type Street = DataStatus['streets'][number]

/** One part of the data that may be missing: what the reader is told, and how to ask again. */
export type Loading = { failed: Error | null; pending: boolean; retry: () => void }

/** What every part of the map page looks at. Made once, in `useMapPageState`. */
export type MapPage = {
  view: View
  change: ChangeView
  /** The view's filter as the server and the exports understand it. */
  filter: IncidentFilter
  status: DataStatus | undefined
  /** The street that is shown: the one of the address, else the first. */
  street: Street | undefined
  /** Metres of the density: the address's, else what suits the street's size. */
  radius: number
  /** Code of the area looked into; the whole street when the address names none. */
  area: string | undefined
  areas: MapInputs['areas']
  facilities: MapInputs['facilities']
  columns: IncidentColumns | undefined
  tally: Tally | undefined
  /** What the tally's counts by area are of: grids, or streets where it comes from the server. */
  places: readonly string[] | undefined
  /** Cases there are without the filter. */
  known: number | undefined
  /**
   * Where cases are too many to be known one by one: cells of how many metres the density is made from, and whether
   * what is shown is still an earlier filter's.
   */
  aggregate: { cells: NonNullable<MapInputs['cells']> | undefined; cell: number; late: boolean } | null
  /** Seconds; the server's clock. */
  now: number
  loading: { status: Loading; areas: Loading; cases: Loading }
  /** Connection lost while data is on screen. */
  stale: boolean
  feature: (code: string) => AreaFeature | undefined
  /** Goes to an area, by its code, and shows its panel. */
  open: (area: string, list?: View['list']) => void
  select: (target: MapTarget | null) => void
  /** Moves the map to a box, beside the panels. */
  fit: (box: BoundingBox) => void
  map: RefObject<MapHandle | null>
  legend: DensityLegend | null
  setLegend: (legend: DensityLegend | null) => void
}

export const MapPageContext = createContext<MapPage | null>(null)

export function useMapPage(): MapPage {
  const page = useContext(MapPageContext)
  if (page === null) throw new Error('useMapPage is used outside the map page')
  return page
}
