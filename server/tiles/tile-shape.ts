/** Units on a side of a tile. */
export const tileExtent = 4096
/** Units that a tile holds beyond its edges: lines and outlines then join without a seam. */
export const tileBuffer = 64

/** What a row has for a tile: its geometry as GeoJSON text, and what else is told of it. */
export type TileRow = { geometry: string; properties: Record<string, string | number | null> }

/** A feature in units of its tile, x to the east and y to the south, each path as x, y, x, y, … */
export type TileShape = {
  /** Points, lines or rings, in the numbers of the format (MVT 2.1 §4.3.4). */
  type: 1 | 2 | 3
  paths: readonly ArrayLike<number>[]
  properties: TileRow['properties']
}
