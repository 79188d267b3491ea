import type { Label } from '@minqing/data/domain/label'
import type { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { RowSource } from '@minqing/data/formats/source-row'

/** Names that a Shapefile's table has cut so short that they fit several fields: their values would be lost in silence. */
export function unclearNames(source: RowSource, columns: ColumnMap): Label | null {
  const names = columns.unclear().slice(0, 10)
  if (source.format !== 'shapefile' || names.length === 0) return null
  return {
    zh: `列“${names.join('”“')}”的名字被截短（dBase 表的列名最长 10 字节），可能是几个不同的字段，没有使用。请用 --map 字段=列名 指明`,
    en: `The names “${names.join('”, “')}” have been cut (a dBase table keeps ten bytes) and fit several fields: they were not used. Say them with --map field=column`,
  }
}
