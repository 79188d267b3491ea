import type { FieldName } from '@minqing/data/domain/field-name'
import { hash53 } from '@minqing/data/formats/hash32'
import type { SourceRow } from '@minqing/data/formats/source-row'
import type { CopyValue } from '../../store/copy-rows.ts'
import type { CheckContext } from './check-context.ts'
import { reasons } from './reasons.ts'
import type { Identity } from './repeats.ts'
import type { RowView } from './row-view.ts'

/** A row that is about to be staged: by which number within its street, and whether the file gave that number. */
export type Numbered = { street: string; number: string; field: FieldName; isOwn: boolean }

/**
 * Whether a row repeats an earlier one of its file: 'skipped' where it says the same, with a note; null with a fault
 * where it has the number of another; else what later rows are compared with.
 *
 * @param values all that would be staged
 */
export function checkRepeat(
  view: RowView,
  { repeats, nameRow, note }: CheckContext,
  { street, number, field, isOwn }: Numbered,
  values: Readonly<Record<string, CopyValue>>,
): Identity | 'skipped' | null {
  const identity: Identity = {
    numbered: isOwn ? 1 : 0,
    whole: rowDigest(view.row),
    recognised: isOwn ? valuesDigest(values) : null,
  }
  const earlier = repeats.earlier(`${street} ${number}`, view.row, identity)
  switch (earlier?.likeness) {
    case undefined:
      return identity
    case 'whole':
      note({ zh: '与前面某行完全相同，只导入一次', en: 'rows that repeat an earlier one in every cell, imported once' })
      return 'skipped'
    case 'recognised':
      note(
        {
          zh: '编号和导入的各列与前面某行相同，只有没有导入的列不同，只导入一次',
          en: 'rows with the number and the imported values of an earlier one that differ in columns that are not imported, imported once',
        },
        nameRow(view.row),
      )
      return 'skipped'
    case 'otherwise':
      view.fault(field, number, reasons.repeated(nameRow(earlier)))
      return null
  }
}

/**
 * A digest of 53 bits of a whole source row, also of what no field takes. Empty cells at its end do not count, because
 * a row that has fewer of them says no less.
 */
function rowDigest({ cells, geometry, id }: SourceRow): number {
  let text = `${id ?? ''}\u001f${geometry === undefined || geometry === null ? '' : JSON.stringify(geometry)}`
  let separators = ''
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index]
    separators += '\u001f'
    if (cell === undefined || cell === null || cell === '') continue
    text += separators + (typeof cell === 'string' ? cell : JSON.stringify(cell))
    separators = ''
  }
  return hash53(text)
}

/** A digest of what was recognised in a row. */
function valuesDigest(values: Readonly<Record<string, CopyValue>>): number {
  let text = ''
  for (const name in values) text += `${String(values[name] ?? '\u0000')}\u001f`
  return hash53(text)
}
