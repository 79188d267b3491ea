import type { BoundingBox } from '@minqing/data/domain/position'
import { unionBbox } from '@minqing/data/geo/plane'
import { asBoxes, cornersOfAll, cornersOfPoints } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * The box around the streets and around the points beyond them, found by the index of the points: looking at each of ten
 * million takes eight seconds, and clients ask for this whenever they connect.
 */
export async function extentOfPoints(
  transaction: Transaction,
  table: string,
  column: string,
): Promise<BoundingBox | null> {
  const point = transaction`${transaction(column)}`
  const [{ streets }] = await transaction<[{ streets: BoundingBox | null }]>`
    select ${cornersOfAll(transaction, 'extent')} as streets from area where level = 'street'`
  const isIn = (boxes: readonly BoundingBox[]) =>
    boxes
      .flatMap((box) => asBoxes(transaction, box))
      .map((box) => transaction`${point} <@ ${box}`)
      .reduce((before, part) => transaction`${before} or ${part}`)
  const [row] = await transaction<[{ beyond: BoundingBox | null }]>`
    select ${cornersOfPoints(transaction, column)} as beyond from ${transaction(table)}
    where ${streets === null ? transaction`true` : isIn(around(streets))}`
  if (streets === null) return row.beyond
  const within = await transaction`select from ${transaction(table)} where ${isIn([streets])} limit 1`
  return bothOf(row.beyond, within.length > 0 ? streets : null)
}

/** What of the Earth lies west, east, south and north of a box; the edges belong to both. */
function around([west, south, east, north]: BoundingBox): BoundingBox[] {
  return [
    [-180, -90, west, 90],
    [east, -90, 180, 90],
    [west, -90, east, south],
    [west, north, east, 90],
  ]
}

function bothOf(one: BoundingBox | null, other: BoundingBox | null): BoundingBox | null {
  if (one === null || other === null) return one ?? other
  return unionBbox([one, other])
}
