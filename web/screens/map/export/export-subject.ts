import type { ExportDatum } from '@minqing/data/domain/datum'
import type { Circulation, ExportCollection, ExportFormat } from '@minqing/data/domain/export'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Language } from '@minqing/data/domain/label'
import type { ExportTranslator } from './messages.ts'

/** The state of the map page that an export needs. */
export type ExportSubject = {
  filter: IncidentFilter
  /** Name of the current area. */
  areaName: string
  /** Incidents that match the filter; null while they are being counted. */
  count: number | null
}

/** What to export, and how. */
export type ExportChoice = {
  collection: ExportCollection
  format: ExportFormat
  datum: ExportDatum
  circulation: Circulation
  /** Of areas. */
  level: 'community' | 'grid'
}

/** Progress of an export. */
export type ExportProgress = { stage: 'receiving'; bytes: number }

/** What every kind of export is given. */
export type ExportRun = {
  t: ExportTranslator
  language: Language
  signal: AbortSignal
  report: (progress: ExportProgress) => void
}

/** A finished file. */
export type ExportedFile = { blob: Blob; name: string }
