import { ColumnLayer } from '@deck.gl/layers'
import type { HexagonGrid } from '@minqing/data/geo/hexagon-bins'
import type { Rgba } from './density-classes.ts'
import { onGround } from './on-ground.ts'

const squareMetresPerHectare = 10_000

/** Hexagons of true size on the ground, coloured by cases per hectare; below the first class they are left out. */
export function hexagonLayer(id: string, grid: HexagonGrid, step: number, colours: Rgba[], beforeId: string) {
  const perHectare = squareMetresPerHectare / grid.area
  const fill = new Uint8Array(grid.counts.length * 4)
  for (const [i, count] of grid.counts.entries()) {
    const level = Math.floor((count * perHectare) / step + 1e-9)
    if (level >= 1) fill.set(colours[Math.min(level, colours.length) - 1]!, i * 4)
  }
  return new ColumnLayer({
    id,
    beforeId,
    data: {
      length: grid.counts.length,
      attributes: {
        getPosition: { value: grid.centers, size: 2 },
        getFillColor: { value: fill, size: 4, normalized: true },
      },
    },
    // The first corner of deck.gl's hexagon points east: flat on top, as the counts are made.
    diskResolution: 6,
    radius: grid.circumradius,
    radiusUnits: 'meters',
    coverage: 0.97,
    extruded: false,
    stroked: false,
    parameters: onGround,
  } as ConstructorParameters<typeof ColumnLayer>[0])
}
