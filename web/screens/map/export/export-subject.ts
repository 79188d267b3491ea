import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import type { MapInputs } from '../../../map/map-inputs.ts'
import type { ExportTranslator } from './messages.ts'
import type { PosterSize } from './poster.ts'

/** The state of the map page that an export needs. */
export type ExportSubject = {
  filter: IncidentFilter
  /** Name of the current area. */
  areaName: string
  streetName: string
  demo: boolean
  /** Time of the newest data. */
  asOf: string | null
  /** Incidents that match the filter; null while they are being counted. */
  count: number | null
}

/** What to export, and how. */
export type ExportChoice =
  | { kind: 'poster'; title: string; size: PosterSize; theme: MapInputs['theme'] }
  | { kind: 'incidents'; format: 'geojson' | 'csv' }
  | { kind: 'areas'; format: 'geojson' | 'csv'; level: 'community' | 'grid' }

/** Progress of an export. */
export type ExportProgress = { stage: 'drawing' | 'composing' | 'encoding' } | { stage: 'receiving'; bytes: number }

/** What every kind of export is given. */
export type ExportRun = {
  t: ExportTranslator
  language: Language
  signal: AbortSignal
  report: (progress: ExportProgress) => void
}

/** A finished file. */
export type ExportedFile = { blob: Blob; name: string }
