import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { readBoundary } from './boundary.ts'
import { checkTiling, type TiledArea, drawTiling } from './tiling.ts'

function area(
  name: string,
  west: number,
  south: number,
  width: number,
  height: number,
  ...holes: Position[][]
): TiledArea {
  const [w, s, e, n] = [114 + west / 1000, 30 + south / 1000, 114 + (west + width) / 1000, 30 + (south + height) / 1000]
  const boundary = readBoundary(
    {
      type: 'Polygon',
      coordinates: [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
        ...holes,
      ],
    },
    (x, y) => [x, y],
  )
  if ('fault' in boundary) throw new Error(boundary.fault.en)
  return { name, ...boundary }
}

describe('checkTiling', () => {
  it('finds nothing between neighbours, and nothing in a courtyard that is meant', () => {
    const hole = [
      [114.0005, 30.0005],
      [114.0005, 30.0007],
      [114.0007, 30.0007],
      [114.0007, 30.0005],
      [114.0005, 30.0005],
    ]
    expect(checkTiling([area('一', 0, 0, 1, 1, hole), area('二', 1, 0, 1, 1), area('三', 5, 5, 1, 1)])).toEqual({
      overlapShare: 0,
      gapShare: 0,
      faults: [],
    })
    expect(checkTiling([]).faults).toEqual([])
  })

  it('names who overlaps whom, by how much', () => {
    const { faults, overlapShare, gapShare } = checkTiling([area('一', 0, 0, 1, 1), area('二', 0.9, 0, 1, 1)])
    expect(faults).toMatchObject([{ kind: 'overlap', names: ['一', '二'] }])
    expect(overlapShare).toBeCloseTo(0.05, 3)
    expect(gapShare).toBe(0)
  })

  it('finds the ground that four areas leave between them, and draws it', () => {
    const areas = [area('南', 0, 0, 3, 1), area('北<', 0, 2, 3, 1), area('西', 0, 1, 1, 1), area('东', 2, 1, 1, 1)]
    const tiling = checkTiling(areas)
    expect(tiling.faults.map(({ kind }) => kind)).toEqual(['gap'])
    expect(tiling.gapShare).toBeCloseTo(1 / 8, 3)
    const svg = drawTiling(areas, tiling)
    expect(svg).toContain('空隙')
    expect(svg).toContain('北&lt;')
    expect(svg.match(/<path/g)).toHaveLength(5)
  })
})
