import {
  columnFromArray,
  dictionary,
  int32,
  tableFromColumns,
  tableToIPC,
  uint16,
  uint32,
  uint8,
  utf8,
} from '@uwdata/flechette'
import type { IncidentArrays } from './read-columns.ts'

/** The arrays as an Arrow IPC stream, its columns named as in `data/domain/incident-columns.ts`. */
export function encodeColumns(arrays: IncidentArrays): Uint8Array {
  const { x, y, reported, due, type, channel, status, risk, grid, street, number } = arrays
  const table = tableFromColumns({
    x: columnFromArray(x, int32()),
    y: columnFromArray(y, int32()),
    reported: columnFromArray(reported, uint32()),
    due: columnFromArray(due, uint32()),
    type: columnFromArray(type, uint8()),
    channel: columnFromArray(channel, uint8()),
    status: columnFromArray(status, uint8()),
    risk: columnFromArray(risk, uint8()),
    grid: columnFromArray(grid, dictionary(utf8(), indexFor(grid), false, 0)),
    street: columnFromArray(street, dictionary(utf8(), indexFor(street), false, 1)),
    number: columnFromArray(number, utf8()),
  })
  const bytes = tableToIPC(table, { format: 'stream' })
  // Null only where a sink of one's own takes the bytes.
  if (bytes === null) throw new Error('the Arrow encoder gave no bytes')
  return bytes
}

/** The narrowest index that tells the values apart. */
function indexFor(values: readonly string[]) {
  const { size } = new Set(values)
  return size <= 1 << 8 ? uint8() : size <= 1 << 16 ? uint16() : uint32()
}
