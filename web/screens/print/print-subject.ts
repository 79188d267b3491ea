import type { BoundingBox } from '@minqing/data/domain/position'
import type { Language } from '@minqing/data/domain/label'
import type { PrintTranslator } from './messages.ts'

/** What is printed, beside the map itself: what the screen that shows the map knows about it. */
export type PrintSubject = {
  /** Title to begin with. */
  title: string
  /** Name of the area, for the file's name. */
  areaName: string
  streetName: string
  /** Nine digits: the street whose templates are offered; undefined where there is none. */
  streetCode: string | undefined
  /** Period, filters and how many, in one line. */
  subject: string
  /** The period alone, for the file's name. */
  period: string
  /** How what is shown was made, with parameters; empty where it is what the legend says. */
  method: string
  demo: boolean
  /** Time of the newest data, ISO 8601. */
  asOf: string | null
  /** Areas that a series has a page for each of; a level without areas is not offered. */
  series: { community: readonly PrintArea[]; grid: readonly PrintArea[] }
  /** Rows of the map's columns in time; null where the map shows no single incidents. */
  time: PrintTime | null
}

/** `subject` is that of the whole, with the area's own number of incidents. */
export type PrintArea = { code: string; name: string; box: BoundingBox; subject: string }

/** Times of the map's rows in seconds since 1970, ascending, which of them the filter leaves, and its period. */
export type PrintTime = { reported: Uint32Array; mask: Uint8Array; from: number; to: number }

export type PrintRun = {
  t: PrintTranslator
  language: Language
  signal: AbortSignal
  report: (progress: PrintProgress) => void
}

/** `share` is of the page or of all pages, from 0 to 1. */
export type PrintProgress =
  | { stage: 'loading' | 'finishing' }
  | { stage: 'drawing'; share: number }
  | { stage: 'pages' | 'frames'; done: number; of: number }

export type PrintedFile = { blob: Blob; name: string }
