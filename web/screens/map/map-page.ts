import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { DataStatus } from '@minqing/data/domain/data-status'
import { createContext, useContext, type Context, type RefObject } from 'react'
import type { AreaFeature } from '../../api/collections.ts'
import type { MapHandle, MapInputs, MapLegend } from '../../map/map-inputs.ts'
import type { Tally } from '../../view/crossfilter.ts'
import type { MapTarget } from '../../view/parameters.ts'
import type { ChangeView, View } from '../../view/use-view.ts'

/*
 * The state of the map page, in contexts that change for different reasons, so that a component renders only for what
 * it shows. `MapPageProvider` provides all of them. The camera is in none: `useCamera` reads it from the address.
 */

export type Street = DataStatus['streets'][number]

/** One part of the data that may be missing: the error to show, and how to request it again. */
export type Loading = { failed: Error | null; pending: boolean; retry: () => void }

/** What the address says is looked at, without the camera. */
export type ViewState = { view: View; change: ChangeView }

/** Where one looks: areas and facilities, and how to go elsewhere. */
export type Place = {
  /** The street that is shown: the one of the address, else the first. */
  street: Street | undefined
  /** Code of the area looked into; the street when the address names none. */
  area: string | undefined
  areas: MapInputs['areas']
  facilities: MapInputs['facilities']
  loadingAreas: Loading
  feature: (code: string) => AreaFeature | undefined
  /** Goes to an area, by its code, and shows its panel. */
  open: (area: string, list?: View['list']) => void
  select: (target: MapTarget | null) => void
  /** Moves the map to a box, beside the panels. */
  fit: (box: BoundingBox) => void
  map: RefObject<MapHandle | null>
}

/** The incidents of the street, and the filter that is set. */
export type Incidents = {
  /** The view's filter as the server and the exports understand it. */
  filter: IncidentFilter
  columns: IncidentColumns | undefined
  /** Incidents there are without the filter. */
  known: number | undefined
  /** Bandwidth of the density in metres: the address's, else what suits the street's size. */
  bandwidth: number
  /**
   * Where incidents are too many to be known one by one: cells of how many metres the density is made from, and
   * whether what is shown is still an earlier filter's.
   */
  aggregate: { cells: NonNullable<MapInputs['cells']> | undefined; cell: number; late: boolean } | null
  loadingIncidents: Loading
}

/** What the filter leaves. */
export type Counts = {
  tally: Tally | undefined
  /** What the tally's counts by area are of: grids, or streets where it comes from the server. */
  places: readonly string[] | undefined
}

/** How old the data is. */
export type Freshness = {
  status: DataStatus | undefined
  /** The instant as of whose knowledge cases are shown, ISO 8601; null is now. */
  asOf: string | null
  /** Seconds; the server's clock, or that instant. */
  now: number
  /** Connection lost while data is on screen. */
  stale: boolean
  loadingStatus: Loading
}

/** The legends of what is drawn, as the map reports them. */
export type LegendState = { legends: MapLegend[]; setLegends: (legends: MapLegend[]) => void }

export const ViewContext = createContext<ViewState | null>(null)
export const PlaceContext = createContext<Place | null>(null)
export const IncidentsContext = createContext<Incidents | null>(null)
export const CountsContext = createContext<Counts | null>(null)
export const FreshnessContext = createContext<Freshness | null>(null)
export const LegendContext = createContext<LegendState | null>(null)

function useRequired<Value>(context: Context<Value | null>): Value {
  const value = useContext(context)
  if (value === null) throw new Error('a part of the map page is rendered outside MapPageProvider')
  return value
}

export const useViewState = (): ViewState => useRequired(ViewContext)
export const usePlace = (): Place => useRequired(PlaceContext)
export const useIncidents = (): Incidents => useRequired(IncidentsContext)
export const useCounts = (): Counts => useRequired(CountsContext)
export const useFreshness = (): Freshness => useRequired(FreshnessContext)
export const useLegends = (): LegendState => useRequired(LegendContext)
