import { hash32 } from '@minqing/data/formats/hash32'
import { facilityKindWords, facilityStatusWords } from '@minqing/data/formats/words/words'
import type { CopyValue } from '../../store/copy-rows.ts'
import type { CheckContext } from '../check/check-context.ts'
import { readPosition } from '../check/read-position.ts'
import { reasons } from '../check/reasons.ts'
import type { RowView } from '../check/row-view.ts'
import { readLocation } from '../check/read-location.ts'

/** One row as a facility, or null with its faults noted; 'skipped' when it repeats an earlier row. */
export function checkFacility(view: RowView, context: CheckContext): CopyValue[] | 'skipped' | null {
  const { crs, convert, repeats, nameRow, note } = context
  const position = readPosition(view, convert)
  if (position === null && view.faults.length === 0) view.fault('lon', '', reasons.noPosition)
  if (position === null) return null
  const where = readLocation(view, position, context)
  const kindWord = view.text('kind')
  const kind = facilityKindWords.read(kindWord)
  if (kind === null) note({ zh: '设施类型未知，记为“其他”', en: 'of an unknown kind, taken as “other”' })
  const name = view.text('name', 100)
  const address = view.text('address')
  const phone = view.identifier('phone', 50) || null
  const status = view.word('status', facilityStatusWords) ?? 'not_applicable'
  const buildingCode = view.code('buildingCode', 17)
  const own = view.identifier('id', 64) || view.row.id
  if (view.faults.length > 0 || where === null) return null

  const key = [kindWord, name, address, phone, position.x, position.y].join('\u001f')
  const id = own ?? `F${hash32(key, 1).toString(16).padStart(8, '0')}${hash32(key, 2).toString(16).padStart(8, '0')}`
  const content = hash32(`${key}${status}`, 3) | 0
  const earlier = repeats.earlier(`${where.streetCode} ${id}`, view.row, content)
  if (earlier?.same === true) {
    note({ zh: '与前面某行完全相同，只导入一次', en: 'rows that repeat an earlier one, imported once' })
    return 'skipped'
  }
  if (earlier !== null) {
    view.fault('id', id, reasons.repeated(nameRow(earlier)))
    return null
  }
  return [
    view.row.ordinal,
    view.row.line,
    where.streetCode,
    id,
    where.communityCode,
    where.gridCode,
    buildingCode,
    kind ?? 'other',
    name,
    address,
    phone,
    status,
    `(${position.lon},${position.lat})`,
    crs,
    position.x,
    position.y,
    content,
  ]
}
