import { type IncidentColumns, makeNumericColumns } from '@minqing/data/domain/incident-columns'
import { tableFromIPC, type Column } from '@uwdata/flechette'

/**
 * Text values as indices into those that occur, with '' for none as the last entry. The stream has them as indices
 * already: only the few hundred texts are looked at, never a million rows of them.
 */
function indexed(column: Column<unknown>): { indices: Uint32Array; entries: string[] } {
  const indices = new Uint32Array(column.length)
  const places = new Map<string, number>()
  const placeOf = (value: unknown) => {
    const text = typeof value === 'string' ? value : ''
    let place = places.get(text)
    if (place === undefined) places.set(text, (place = places.size))
    return place
  }
  let row = 0
  for (const batch of column.data) {
    const keyed = batch as { dictionary?: Column<unknown> }
    if (keyed.dictionary === undefined || batch.nullCount > 0) {
      for (const value of batch) indices[row++] = placeOf(value)
      continue
    }
    const own = Uint32Array.from(keyed.dictionary.toArray() as unknown[], placeOf)
    const keys = batch.values as ArrayLike<number>
    for (let index = 0; index < batch.length; index++) indices[row++] = own[keys[index]!]!
  }
  const entries = [...places.keys()].toSorted((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
  if (!places.has('')) entries.push('')
  const order = new Map(entries.map((text, index) => [text, index]))
  const moved = Uint32Array.from(places.keys(), (text) => order.get(text)!)
  for (let index = 0; index < indices.length; index++) indices[index] = moved[indices[index]!]!
  return { indices, entries }
}

/**
 * Columns from the Arrow IPC stream of `GET /api/incidents/columns`. Throws `RangeError` when a column is missing, so
 * that a server of another version is noticed at the door and not as a wrong picture.
 */
export function decodeColumns(bytes: Uint8Array): IncidentColumns {
  const table = tableFromIPC(bytes, {})
  const column = (name: keyof IncidentColumns) => {
    const found = table.getChild(name as never)
    if (found === null || found === undefined) throw new RangeError(`the server sent no column “${name}”`)
    return found
  }
  const length = table.numRows
  const grid = indexed(column('grid'))
  const street = column('street')
  const number = column('number')
  return {
    ...makeNumericColumns((name) => column(name).toArray() as ArrayLike<number>),
    length,
    grid: grid.indices,
    grids: grid.entries,
    street: (row) => String(street.at(row)),
    number: (row) => String(number.at(row)),
  }
}
