import type { Label } from '@minqing/data/domain/label'
import type { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { FieldNames } from '@minqing/data/formats/field-names'
import type { RowSource } from '@minqing/data/formats/source-row'

const likely = /经度|纬度|经纬|坐标|(?:^|[^a-z])(?:lng|lon|long|longitude|lat|latitude)(?:[^a-z]|$)/i

/** A table's columns that look like coordinates, where none was recognised: their places would be lost in silence. */
export function unusedPlaces(source: RowSource, columns: ColumnMap, fields: FieldNames): Label | null {
  if (source.format !== 'csv' && source.format !== 'xlsx') return null
  const has = (field: 'lon' | 'lat' | 'lonLat' | 'geometry') => columns.indices(field).length > 0
  if (!('lon' in fields) || (has('lon') && has('lat')) || has('lonLat') || has('geometry')) return null
  const used = new Set(columns.described().flatMap((field) => field.columns))
  const unused = source.columns.filter((name) => likely.test(name) && !used.has(name)).slice(0, 10)
  if (unused.length === 0) return null
  return {
    zh: `列“${unused.join('”“')}”像是坐标，但认不出经度和纬度，没有使用。请用 --map lon=列名 --map lat=列名 指明；度、分、秒分列的，列名请写成“经度(度)”“经度(分)”“经度(秒)”`,
    en: `“${unused.join('”, “')}” look like coordinates, but longitude and latitude cannot be told: they were not used. Say them with --map lon=column --map lat=column; name columns of degrees, minutes and seconds 经度(度), 经度(分), 经度(秒)`,
  }
}
