/** Households at a place, in degrees. */
export type HouseholdPoint = { lon: number; lat: number; households: number }

/** A part of the plane: a cell by its number, or two parts on both sides of a line. */
type CellTree = { cell: number } | { axis: 'lon' | 'lat'; at: number; below: CellTree; above: CellTree }

export type HouseholdCells = {
  /** The middles of the cells' households. */
  cells: HouseholdPoint[]
  /** Of each point, in which cell it is. */
  cellOf: number[]
  /** Of a place, in which cell it is. */
  cellAt: (lon: number, lat: number) => number
}

/**
 * Divides an area into cells of at least so many households: halved along its longer side, at the place that leaves both
 * parts as equal as possible, as long as both keep that many (a k-d tree, Bentley, CACM 1975, over households). The
 * same points give the same cells. Null where there are fewer households altogether. O(n log² n).
 */
export function householdCells(points: readonly HouseholdPoint[], least: number): HouseholdCells | null {
  const total = points.reduce((sum, { households }) => sum + households, 0)
  if (total < least) return null
  const cells: HouseholdPoint[] = []
  const cellOf = points.map(() => -1)
  const divide = (members: number[]): CellTree => {
    const split = splitOf(points, members, least)
    if (split !== null) {
      const { axis, at, below, above } = split
      return { axis, at, below: divide(below), above: divide(above) }
    }
    for (const member of members) cellOf[member] = cells.length
    cells.push(middleOf(members.map((member) => points[member]!)))
    return { cell: cells.length - 1 }
  }
  const tree = divide(points.map((_, index) => index))
  return { cells, cellOf, cellAt: (lon, lat) => cellIn(tree, { lon, lat }) }
}

function cellIn(tree: CellTree, place: { lon: number; lat: number }): number {
  let part = tree
  while (!('cell' in part)) part = place[part.axis] < part.at ? part.below : part.above
  return part.cell
}

function middleOf(members: readonly HouseholdPoint[]): HouseholdPoint {
  const households = members.reduce((sum, member) => sum + member.households, 0)
  const mean = (of: 'lon' | 'lat') =>
    members.reduce((sum, member) => sum + (member[of] * member.households) / households, 0)
  return { lon: mean('lon'), lat: mean('lat'), households }
}

function splitOf(points: readonly HouseholdPoint[], members: readonly number[], least: number) {
  const range = (of: 'lon' | 'lat') => {
    const values = members.map((member) => points[member]![of])
    return Math.max(...values) - Math.min(...values)
  }
  const shrunk = Math.cos(((points[members[0] ?? 0]?.lat ?? 0) * Math.PI) / 180)
  const axes = range('lon') * shrunk >= range('lat') ? (['lon', 'lat'] as const) : (['lat', 'lon'] as const)
  for (const axis of axes) {
    const sorted = members.toSorted((a, b) => points[a]![axis] - points[b]![axis] || a - b)
    const cut = cutOf(
      sorted.map((member) => points[member]![axis]),
      sorted.map((member) => points[member]!.households),
      least,
    )
    if (cut === null) continue
    const at = (points[sorted[cut - 1]!]![axis] + points[sorted[cut]!]![axis]) / 2
    return { axis, at, below: sorted.slice(0, cut), above: sorted.slice(cut) }
  }
  return null
}

/** How many of the sorted values lie below the cut that leaves both parts `least` and most equal; null without one. */
function cutOf(values: readonly number[], households: readonly number[], least: number): number | null {
  const total = households.reduce((sum, count) => sum + count, 0)
  let best: number | null = null
  let smallest = Infinity
  let below = 0
  for (let cut = 1; cut < values.length; cut++) {
    below += households[cut - 1] ?? 0
    const difference = Math.abs(total - 2 * below)
    const isBetween = values[cut - 1]! < values[cut]!
    if (!isBetween || below < least || total - below < least || difference >= smallest) continue
    best = cut
    smallest = difference
  }
  return best
}
