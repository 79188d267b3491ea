import type { Geometry } from 'geojson'
import type { ExportDatum } from '../domain/datum.ts'
import type { Label, Language } from '../domain/label.ts'
import { ProblemError } from '../domain/problem.ts'

/**
 * What a column's values are: texts, whole numbers, other numbers, or RFC 3339 times; null where there is none. A format
 * without a type for times has them as local time, `YYYY-MM-DD HH:mm:ss`.
 */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'time'

export type WrittenColumn = {
  label: Label
  kind: ColumnKind
  /** Said on the sheet or in the file that explains the columns. */
  meaning: Label
  unit?: Label
  /** Where the values come from. */
  source: Label
  /** Bytes that a text has room for in a dBase table, 254 without it: longer ones are cut at a character. */
  bytes?: number
}

export type WrittenValue = string | number | null

export type WrittenRow = {
  /** Of each column, in their order. */
  values: readonly WrittenValue[]
  geometry: Geometry | null
  /** The same feature as GeoJSON has it: its id, and properties under the names of the domain. */
  id: string
  properties: object
}

/** How a layer is drawn by whoever opens it: with one symbol, or in classes of a column's numbers. */
export type WrittenStyle = { colour: string; classesOf?: number }

/** A table with geometry on its way into a file of any format. */
export type WrittenTable = {
  /** Of the layer and of files inside an archive: ASCII letters. */
  name: string
  title: Label
  language: Language
  datum: ExportDatum
  /** `area`: polygons and multipolygons; `mixed`: these and points. */
  shape: 'point' | 'area' | 'mixed'
  columns: readonly WrittenColumn[]
  style: WrittenStyle
  rows: AsyncIterable<readonly WrittenRow[]>
  /** What the file says of itself when its rows are known: names and values. */
  about: (rows: number) => Promise<readonly (readonly [name: string, value: string])[]>
  /** The same for programs. */
  metadata: (rows: number) => Promise<object>
}

/** A file, piece by piece, as fast as it is taken; whoever stops early ends its rows. */
export type WrittenFile = AsyncGenerator<string | Uint8Array, void, undefined>

/** Headings of the explanation of columns. */
export const explanationHeadings: readonly Label[] = [
  { zh: '列名', en: 'Column' },
  { zh: '含义', en: 'Meaning' },
  { zh: '类型', en: 'Type' },
  { zh: '单位', en: 'Unit' },
  { zh: '来源', en: 'Source' },
]

const kindLabels: Record<ColumnKind, Label> = {
  text: { zh: '文本', en: 'text' },
  integer: { zh: '整数', en: 'whole number' },
  decimal: { zh: '小数', en: 'number' },
  time: { zh: '时间（北京时间）', en: 'time (UTC+8)' },
}

/** Each column under those headings. */
export function explainColumns({ columns, language }: Pick<WrittenTable, 'columns' | 'language'>): string[][] {
  return columns.map(({ label, meaning, kind, unit, source }) => [
    label[language],
    meaning[language],
    kindLabels[kind][language],
    unit?.[language] ?? '—',
    source[language],
  ])
}

/** Bytes of a file that has to be on disk before it is sent: the disk is the database's, and a shapefile ends there. */
export const mostBytesOnDisk = 2_000_000_000

/** @throws ProblemError `too_large` where a file that is written on disk has more bytes than it may */
export function refuseLarge(bytes: number, most: number): void {
  if (bytes <= most) return
  throw new ProblemError(
    'too_large',
    {
      zh: `导出超过此格式的上限（${Math.round(most / 1e6)} MB）`,
      en: `The export is larger than this format allows (${Math.round(most / 1e6)} MB)`,
    },
    {
      remedy: {
        zh: '请缩小区域或时段，或改用 CSV、GeoJSON、GeoParquet',
        en: 'Choose a smaller area or period, or CSV, GeoJSON or GeoParquet',
      },
    },
  )
}
