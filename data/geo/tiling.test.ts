import { featureCollection, intersect, union } from '@turf/turf'
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { readBoundary, type Boundary } from './boundary.ts'
import { drawTiling } from './draw-tiling.ts'
import { polygonsArea } from './ellipsoid-area.ts'
import { PackedAreas } from './packed-areas.ts'
import { polygonsOf, signedArea } from './plane.ts'
import { checkTiling } from './tiling.ts'

type TiledArea = Boundary & { name: string }

function check(areas: readonly TiledArea[]) {
  const packed = new PackedAreas()
  for (const area of areas) packed.add(area)
  return checkTiling(packed)
}

function areaOf(name: string, ...rings: Position[][]): TiledArea {
  const boundary = readBoundary({ type: 'Polygon', coordinates: rings }, (x, y) => [x, y])
  if ('fault' in boundary) throw new Error(boundary.fault.en)
  return { name, ...boundary }
}

function area(
  name: string,
  west: number,
  south: number,
  width: number,
  height: number,
  ...holes: Position[][]
): TiledArea {
  const [w, s, e, n] = [114 + west / 1000, 30 + south / 1000, 114 + (west + width) / 1000, 30 + (south + height) / 1000]
  const outer = [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ]
  return areaOf(name, outer, ...holes)
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
    expect(check([area('一', 0, 0, 1, 1, hole), area('二', 1, 0, 1, 1), area('三', 5, 5, 1, 1)])).toEqual({
      overlapShare: 0,
      gapShare: 0,
      faults: [],
      isComplete: true,
    })
    expect(check([]).faults).toEqual([])
  })

  it('names who overlaps whom, by how much', () => {
    const { faults, overlapShare, gapShare } = check([area('一', 0, 0, 1, 1), area('二', 0.9, 0, 1, 1)])
    expect(faults).toMatchObject([{ kind: 'overlap', names: ['一', '二'] }])
    expect(overlapShare).toBeCloseTo(0.05, 3)
    expect(gapShare).toBe(0)
  })

  it('finds the ground that four areas leave between them, and draws it', () => {
    const areas = [area('南', 0, 0, 3, 1), area('北<', 0, 2, 3, 1), area('西', 0, 1, 1, 1), area('东', 2, 1, 1, 1)]
    const tiling = check(areas)
    expect(tiling.faults.map(({ kind }) => kind)).toEqual(['gap'])
    expect(tiling.gapShare).toBeCloseTo(1 / 8, 3)
    const packed = new PackedAreas()
    for (const one of areas) packed.add(one)
    const svg = drawTiling(packed, tiling)
    expect(svg).toContain('空隙')
    expect(svg).toContain('北&lt;')
    expect(svg.match(/<path/g)).toHaveLength(5)
  })

  it('keeps gaps that touch at a corner apart, and finds an area within another', () => {
    const ring = [0, 1, 2].flatMap((x) => [0, 1, 2, 3].map((y) => area(`${x}${y}`, x, y, 1, 1)))
    const holes = ring.filter(({ name }) => name !== '11' && name !== '12')
    expect(check(holes).faults.map(({ kind }) => kind)).toEqual(['gap'])
    const diagonal = [0, 1, 2, 3].flatMap((x) => [0, 1, 2, 3].map((y) => area(`${x}${y}`, x, y, 1, 1)))
    expect(check(diagonal.filter(({ name }) => name !== '11' && name !== '22')).faults).toHaveLength(2)
    expect(check([area('大', 0, 0, 3, 3), area('小', 1, 1, 1, 1)]).faults).toMatchObject([{ names: ['大', '小'] }])
    expect(check([area('甲', 0, 0, 1, 1), area('甲', 0, 0, 1, 1)]).overlapShare).toBeCloseTo(0.5)
  })

  it('sees no gap where a corner lies on the edge of a neighbour, as rounding has moved it', () => {
    const slanted = areaOf('斜', at([0, 0], [30, 7], [27, 31], [0, 20], [0, 0]))
    const [x, y] = [114 + (0.7 * 30) / 1e4, 30 + (0.7 * 7) / 1e4]
    const beside = areaOf('旁', [
      [114.003, 30.0007],
      [x, y],
      [114.003, 30],
      [114.003, 30.0007],
    ])
    expect(check([slanted, beside]).faults).toEqual([])
  })

  // The clipper itself gives up on some of these: “Unable to complete output ring”.
  it.each(Array.from({ length: 60 }, (_, seed) => seed).filter((seed) => ![25, 33, 52].includes(seed)))(
    'says what the union and the intersections of a polygon clipper say (%i)',
    (seed) => {
      const areas = torn(seed)
      const { faults, isComplete } = check(areas)
      const sum = (kind: string) => faults.reduce((total, fault) => total + (fault.kind === kind ? fault.areaM2 : 0), 0)
      const meant = clipped(areas)
      expect(isComplete).toBe(true)
      for (const [found, expected] of [
        [sum('overlap'), meant.overlap],
        [sum('gap'), meant.gap],
      ] as const)
        // Each fault may be off by what is too small to report.
        expect(Math.abs(found - expected), `${found} of ${expected} m²`).toBeLessThan(0.002 * expected + 60)
    },
  )

  it('finds the one missing of 1,200 areas whose 48 corners wind along their neighbours', () => {
    const areas = Array.from({ length: 1_200 }, (_, i) => winding(i % 40, Math.floor(i / 40)))
    expect(check(areas).faults).toEqual([])
    const [gap, ...others] = check(areas.filter((_, i) => i !== 619)).faults
    expect([gap?.kind, others]).toEqual(['gap', []])
    expect(gap?.areaM2).toBeCloseTo(areas[619]!.areaM2, 0)
  })

  it('ends where everything lies on everything, and says so', () => {
    const areas = Array.from({ length: 2_000 }, (_, i) => area(`${i}`, i / 100_000, i / 90_000, 3, 3))
    const { isComplete, faults } = check(areas)
    expect([isComplete, faults.length > 0, faults.length <= 5_000]).toEqual([false, true, true])
  })
})

/** A square of two thousandths of a degree with twelve corners a side, the same from both of its sides. */
function winding(column: number, row: number): TiledArea {
  const [west, south, size, steps] = [114 + column / 500, 30 + row / 500, 1 / 500, 12]
  const wave = (step: number) => 0.0001 * Math.sin((step / steps) * 4 * Math.PI)
  const side = (corner: (step: number) => Position, isBack: boolean) =>
    Array.from({ length: steps }, (_, i) => corner(isBack ? steps - i : i))
  const ring = [
    ...side((i) => [west + (size * i) / steps, south + wave(i)], false),
    ...side((i) => [west + size + wave(i), south + (size * i) / steps], false),
    ...side((i) => [west + (size * i) / steps, south + size + wave(i)], true),
    ...side((i) => [west + wave(i), south + (size * i) / steps], true),
  ]
  return areaOf(`${column}-${row}`, [...ring, ring[0] ?? []])
}

const at = (...corners: [number, number][]) => corners.map(([x, y]) => [114 + x / 1e4, 30 + y / 1e4])

/** Uneven quadrangles that tile a field of some hundred metres, of which some are missing, moved or grown. */
function torn(seed: number): TiledArea[] {
  const random = mulberry(seed)
  const side = 6
  // Even units, so that the middle between two corners is a whole number: rounding would open what should be closed.
  const even = (degrees: number) => Number((Math.round(degrees * 5e6) / 5e6).toFixed(7))
  const corners = Array.from({ length: (side + 1) ** 2 }, (_, i) => [
    even(114 + ((i % (side + 1)) + 0.6 * (random() - 0.5)) / 1_000),
    even(30 + (Math.floor(i / (side + 1)) + 0.6 * (random() - 0.5)) / 1_000),
  ])
  return Array.from({ length: side ** 2 }, (_, cell) => cell).flatMap((cell) => {
    const first = (cell % side) + Math.floor(cell / side) * (side + 1)
    const ring = [first, first + 1, first + side + 2, first + side + 1].map((at) => [...(corners[at] ?? [])])
    const kind = random()
    if (kind < 0.1) return []
    if (kind < 0.2) ring[1] = [(ring[1]?.[0] ?? 0) + 0.0002 * random(), (ring[1]?.[1] ?? 0) - 0.0002 * random()]
    if (kind > 0.9) for (const corner of ring) corner[0] = (corner[0] ?? 0) + 0.0003 * (random() - 0.5)
    // A corner more on an edge, which the neighbour does not have.
    if (kind > 0.5)
      ring.splice(1, 0, [
        ((ring[0]?.[0] ?? 0) + (ring[1]?.[0] ?? 0)) / 2,
        ((ring[0]?.[1] ?? 0) + (ring[1]?.[1] ?? 0)) / 2,
      ])
    return [areaOf(`${cell}`, [...ring, ring[0] ?? []])]
  })
}

/** Square metres of all overlaps of two areas, and of the holes of all areas together. */
function clipped(areas: readonly TiledArea[]): { overlap: number; gap: number } {
  const features = areas.map(({ geometry }): Feature<Polygon | MultiPolygon> => ({
    type: 'Feature',
    properties: {},
    geometry,
  }))
  let overlap = 0
  features.forEach((one, i) => {
    for (const other of features.slice(i + 1)) {
      const shared = intersect(featureCollection([one, other]))
      if (shared !== null) overlap += polygonsArea(polygonsOf(shared.geometry))
    }
  })
  const together = polygonsOf(union(featureCollection(features))!.geometry)
  // The clipper draws ground that touches the outside at a corner as a part of the outer ring, which comes by twice.
  const gap = together
    .flatMap((rings) => rings.flatMap((ring, i) => loopsOf(ring).filter((loop) => i > 0 || signedArea(loop) < 0)))
    .reduce((sum, loop) => sum + polygonsArea([[loop]]), 0)
  return { overlap, gap }
}

/** A closed ring as rings that come by no corner twice. */
function loopsOf(ring: readonly Position[]): Position[][] {
  const loops: Position[][] = []
  const open: Position[] = []
  for (const corner of ring) {
    const before = open.findIndex(([x, y]) => x === corner[0] && y === corner[1])
    if (before !== -1) loops.push([...open.splice(before), corner])
    open.push(corner)
  }
  return loops
}

/** Mulberry32 (Tommy Ettinger, public domain): the same numbers for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}
