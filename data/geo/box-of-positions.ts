/** [west, south, east, north] of positions, in their own units; the other way round and infinite when there are none. */
export function boxOfPositions(positions: Iterable<readonly number[]>): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of positions) {
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  return [west, south, east, north]
}
