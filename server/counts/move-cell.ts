import type { PlacedCells } from './cells.ts'

/** How one incident is counted within its month (`placeOfRow`, `cellOfRow` of layout.ts). */
export type CellOfPlace = { place: number; cell: number }

/**
 * A month with one incident in another cell, in the order in which `groupCells` has them. Undefined where the month has
 * no incident in the first cell.
 *
 * @param from undefined for an incident that was not counted
 */
export function moveCell(month: PlacedCells, from: CellOfPlace | undefined, to: CellOfPlace): PlacedCells | undefined {
  const without = from === undefined ? month : withChange(month, from, -1)
  return without && withChange(without, to, 1)
}

function withChange(month: PlacedCells, { place, cell }: CellOfPlace, change: 1 | -1): PlacedCells | undefined {
  const [places, sizes] = [[...month.places], [...month.sizes]]
  const [cells, counts] = [[...month.cells], [...month.counts]]
  const at = firstFrom(places, place, 0, places.length)
  const start = sizes.slice(0, at).reduce((sum, size) => sum + size, 0)
  const size = places[at] === place ? sizes[at]! : 0
  const index = firstFrom(cells, cell, start, start + size)
  const isThere = index < start + size && cells[index] === cell
  if (!isThere && change < 0) return undefined
  const count = (isThere ? counts[index]! : 0) + change
  cells.splice(index, isThere ? 1 : 0, ...(count > 0 ? [cell] : []))
  counts.splice(index, isThere ? 1 : 0, ...(count > 0 ? [count] : []))
  const newSize = size + (count > 0 ? 1 : 0) - (isThere ? 1 : 0)
  places.splice(at, size > 0 ? 1 : 0, ...(newSize > 0 ? [place] : []))
  sizes.splice(at, size > 0 ? 1 : 0, ...(newSize > 0 ? [newSize] : []))
  return { places, sizes, cells, counts }
}

/** The first of a sorted range that is not below a value; the end of the range without one. */
function firstFrom(values: readonly number[], value: number, start: number, end: number): number {
  let [low, high] = [start, end]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
