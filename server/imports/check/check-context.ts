import type { SourceCrs } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import type { LocalTime } from '@minqing/data/domain/local-time'
import type { RowSource } from '@minqing/data/formats/source-row'
import type { PackedAreas } from '@minqing/data/geo/packed-areas'
import type { ToLonLat } from '@minqing/data/geo/crs'
import type { ImportPlan } from '../plan.ts'
import type { AreaIndex } from './area-index.ts'
import type { Repeats } from './repeats.ts'

/** What a check may look at besides its row. */
export type CheckContext = {
  plan: ImportPlan
  areas: AreaIndex
  crs: SourceCrs
  convert: ToLonLat
  local: LocalTime
  repeats: Repeats
  nameRow: RowName
  /** Grids are gathered here, to find out how they fit together. */
  tiles: PackedAreas
  /** Counts a row for a note that is no reason to reject it; with a name, the note lists the row. */
  note: (label: Label, row?: Label) => void
}

/** Where a row stands in its file, for a person to find it again. */
export type RowName = (row: { ordinal: number; line: number }) => Label

/** A row by its line; where several sheets are read, by its sheet and the line there. */
export function rowNames({ sheetOf }: Pick<RowSource, 'sheetOf'>): RowName {
  return ({ ordinal, line }) => rowName(line, sheetOf?.(ordinal) ?? undefined)
}

export function rowName(line: number, sheet: string | undefined): Label {
  return {
    zh: `${sheet === undefined ? '' : `“${sheet}”`}第 ${line} 行`,
    en: `line ${line}${sheet === undefined ? '' : ` of “${sheet}”`}`,
  }
}
