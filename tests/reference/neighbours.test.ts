import { openFile } from '@minqing/data/formats/open-file'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import { flatPolygons, polygonNeighbours } from '@minqing/data/stats/contiguity'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import type { MultiPolygon, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { spdepNeighbours } from './spdep.ts'
import { testFiles } from './test-data.ts'

/** Pairs that `poly2nb(queen = FALSE)` of spdep 1.2-7 leaves out: areas that only meet at a corner. */
const cornersOnly: Record<'columbus' | 'sids2', [number, number][]> = {
  columbus: [
    [4, 15],
    [6, 11],
    [7, 12],
    [8, 19],
    [8, 24],
    [9, 21],
    [10, 14],
    [14, 25],
    [23, 28],
    [24, 27],
    [24, 29],
    [25, 28],
    [27, 36],
    [28, 37],
    [30, 38],
    [34, 39],
    [34, 42],
    [37, 43],
  ],
  sids2: [
    [8, 30],
    [9, 25],
    [11, 24],
    [15, 23],
    [23, 53],
    [30, 36],
    [41, 70],
    [42, 64],
    [49, 69],
    [51, 63],
    [52, 74],
    [54, 71],
    [66, 91],
    [85, 88],
  ],
}

function pairsOf({ offsets, indices }: Neighbours): string[] {
  return Array.from({ length: offsets.length - 1 }, (_, area) =>
    [...indices.subarray(offsets[area], offsets[area + 1])].map((other) => `${area} ${other}`),
  ).flat()
}

test('queen and rook neighbours found in the shapefile are exactly those of spdep', async (context) => {
  for (const set of ['columbus', 'sids2'] as const) {
    const [file = ''] = testFiles(context, `stats/${set}/${set}.shp`)
    const rows = await allRows(await openFile(onDisk(file)))
    const polygons = flatPolygons(
      rows.map(({ geometry }) => geometry as Polygon | MultiPolygon),
      ([x = 0, y = 0]) => [x, y],
    )
    const expected = pairsOf(spdepNeighbours(context, set, rows.length))
    expect(pairsOf(polygonNeighbours(polygons, { rule: 'queen', tolerance: 0 })), set).toEqual(expected)
    const corners = new Set(cornersOnly[set].flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
    expect(pairsOf(polygonNeighbours(polygons, { rule: 'rook', tolerance: 0 })), set).toEqual(
      expected.filter((pair) => !corners.has(pair)),
    )
  }
})
