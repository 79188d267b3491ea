import { positionSourceLabels, type PositionSource } from '@minqing/data/domain/position-source'
import { Words } from '@minqing/data/formats/words/words'
import type { ReadPosition } from './read-position.ts'
import type { RowView } from './row-view.ts'

const sourceWords = new Words<PositionSource>(positionSourceLabels, {})

/**
 * How the position of a row is known: measured, unless the file says otherwise, as one does that was exported here. Rows
 * without a position are placed by their addresses later.
 */
export function readPositionSource(
  view: RowView,
  position: ReadPosition | null,
): { position_source: PositionSource; position_certainty: number | null } {
  const source = position === null ? null : sourceWords.read(view.text('positionSource'))
  if (source === null || source === 'measured') return { position_source: 'measured', position_certainty: null }
  const certainty = view.decimal('positionCertainty')
  return {
    position_source: source,
    position_certainty: certainty === null || certainty < 0 || certainty > 1 ? null : certainty,
  }
}
