import type { AnalysisQuestion } from '@minqing/data/domain/analysis'

/** A unit that is there already (area or building), or an area on whose ground cells are laid. */
export type Place = {
  code: string
  name: string
  households: number | null
  hectares: number
  lon: number
  lat: number
  /** Outline as GeoJSON, in the text that the database has. */
  geometry: string
}

/** What was read for a question, as it travels to a worker thread. Places are in the order of their codes. */
export type AnalysisInput = {
  question: AnalysisQuestion
  places: Place[]
  /** Incidents of each place; null where units are cells. */
  counts: Float64Array | null
  /** Longitude and latitude of each incident in pairs, in the order of both; null where units are places. */
  positions: Float64Array | null
  /** Incidents that lie in no unit: without a place, or known by an address that stands for an area. */
  withoutUnit: number
}
