import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { MapInputs } from '../../../map/map-inputs.ts'
import type { PosterSize } from './poster-size.ts'

/** What is seen on the map page, as far as an export must know. */
export type ExportSubject = {
  filter: IncidentFilter
  /** Name of the area looked into. */
  areaName: string
  streetName: string
  demo: boolean
  /** Moment of the newest data. */
  asOf: string | null
  /** Cases that the filter holds. */
  count: number
}

/** What a person has chosen to take away. */
export type ExportChoice =
  | { kind: 'poster'; title: string; size: PosterSize; theme: MapInputs['theme'] }
  | { kind: 'incidents'; format: 'geojson' | 'csv' }
  | { kind: 'areas'; format: 'geojson' | 'csv'; level: 'community' | 'grid' }

/** How far an export has come, for a line that a person reads. */
export type ExportProgress = { stage: 'drawing' | 'composing' | 'encoding' } | { stage: 'receiving'; bytes: number }

/** A finished file. */
export type ExportedFile = { blob: Blob; name: string }
