import type { Label } from '@minqing/data/domain/label'
import type { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { RowSource } from '@minqing/data/formats/source-row'

/** A table of which no column is known: without names, or with names in another row than was taken for them. */
export function noColumns(source: RowSource, columns: ColumnMap): Label | null {
  if ((source.format !== 'csv' && source.format !== 'xlsx') || columns.described().length > 0) return null
  const names = source.columns
    .filter((name) => name !== '')
    .slice(0, 5)
    .map((name) => (name.length <= 20 ? name : `${name.slice(0, 20).toWellFormed()}…`))
  const row = source.header?.row ?? 1
  return {
    zh: `第 ${row} 行（${names.join('、')}…）没有一个认得的列名。请在表格第一行写上列名（如 编号、类型、发生时间、经度、纬度）；列名在别的行，请用 --header-row 指明；用了别的名称，请用 --map 字段=列名 指明`,
    en: `Row ${row} (${names.join(', ')}…) has no name of a column that is known. Write names into the table's first row; if they stand in another, say it with --header-row; if they are called otherwise, say --map field=column`,
  }
}
