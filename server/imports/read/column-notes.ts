import { createHash } from 'node:crypto'
import { isTableFormat } from '@minqing/data/domain/file-format'
import type { Label } from '@minqing/data/domain/label'
import { normalise } from '@minqing/data/formats/columns/columns'
import type { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { FieldNames } from '@minqing/data/formats/field-names'
import type { RowSource } from '@minqing/data/formats/source-row'

const likely = /经度|纬度|经纬|坐标|(?:^|[^a-z])(?:lng|lon|long|longitude|lat|latitude)(?:[^a-z]|$)/i

/** A table's columns that look like coordinates, where none was recognised: their places would be lost in silence. */
export function unusedPlaces(source: RowSource, columns: ColumnMap, fields: FieldNames): Label | null {
  if (!isTableFormat(source.format)) return null
  const has = (field: 'lon' | 'lat' | 'lonLat' | 'geometry') => columns.indices(field).length > 0
  if (!('lon' in fields) || (has('lon') && has('lat')) || has('lonLat') || has('geometry')) return null
  const used = new Set(columns.described().flatMap((field) => field.columns))
  const unused = source.columns.filter((name) => likely.test(name) && !used.has(name)).slice(0, 10)
  if (unused.length === 0) return null
  return {
    zh: `列“${unused.join('”“')}”像是坐标，但认不出经度和纬度，没有使用。请用 --map lon=列名 --map lat=列名 指明；度、分、秒分列的，列名请写成“经度(度)”“经度(分)”“经度(秒)”`,
    en: `“${unused.join('”, “')}” look like coordinates, but longitude and latitude cannot be determined: they were not used. Specify them with --map lon=column --map lat=column; name columns of degrees, minutes and seconds 经度(度), 经度(分), 经度(秒)`,
  }
}

/** Names that a Shapefile's table has cut so short that they fit several fields: their values would be lost in silence. */
export function unclearNames(source: RowSource, columns: ColumnMap): Label | null {
  const names = columns.unclear().slice(0, 10)
  if (source.format !== 'shapefile' || names.length === 0) return null
  return {
    zh: `列“${names.join('”“')}”的名字被截短（dBase 表的列名最长 10 字节），可能是几个不同的字段，没有使用。请用 --map 字段=列名 指明`,
    en: `The names “${names.join('”, “')}” have been cut (a dBase table keeps ten bytes) and fit several fields: they were not used. Specify them with --map field=column`,
  }
}

/** A table of which no column is known: without names, or with names in another row than was taken for them. */
export function noColumns(source: RowSource, columns: ColumnMap): Label | null {
  if (!isTableFormat(source.format) || columns.described().length > 0) return null
  const names = source.columns
    .filter((name) => name !== '')
    .slice(0, 5)
    .map((name) => (name.length <= 20 ? name : `${name.slice(0, 20).toWellFormed()}…`))
  const row = source.header?.row ?? 1
  return {
    zh: `第 ${row} 行（${names.join('、')}…）没有一个认得的列名。请在表格第一行写上列名（如 编号、类型、发生时间、经度、纬度）；列名在别的行，请用 --header-row 指明；用了别的名称，请用 --map 字段=列名 指明`,
    en: `Row ${row} (${names.join(', ')}…) has no recognised column name. Write the names into the table's first row; if they are in another row, specify it with --header-row; if they differ, map them with --map field=column`,
  }
}

/** The same for files with the same columns, whatever their order, case and spaces. */
export function columnSignature(columns: readonly string[]): string {
  const names = columns.map(normalise).toSorted()
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 32)
}

/** Columns with a name whose values are not imported. */
export function unusedColumns(source: RowSource, columns: ColumnMap): string[] {
  const used = new Set(columns.described().flatMap((field) => field.columns))
  return source.columns.filter((name) => name !== '' && !used.has(name))
}
