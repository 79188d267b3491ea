import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { scanDistance, type ScanPlaces, scanWindows } from './scan-windows.ts'

function scattered(seed: number, count: number): ScanPlaces {
  const random = new Random(seed, 'places')
  const many = (from: number, to: number) => Float64Array.from({ length: count }, () => random.between(from, to))
  return { x: many(500_000, 503_000), y: many(3_380_000, 3_383_000), coordinates: 'cartesian' }
}

/** The groups of areas that enter the windows of a centre together. */
function groupsOf({ offsets, members }: ReturnType<typeof scanWindows>, centre: number): number[][] {
  const groups: number[][] = [[]]
  for (const member of members.subarray(offsets[centre], offsets[centre + 1])) {
    groups.at(-1)!.push(member >> 1)
    if ((member & 1) === 1) groups.push([])
  }
  expect(groups.pop()).toEqual([])
  return groups
}

test('windows hold the areas by distance, up to the share of the population', () => {
  const places = scattered(1, 300)
  const random = new Random(1, 'sizes')
  const sizes = Float64Array.from({ length: 300 }, () => random.whole(0, 500))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  for (const share of [0.03, 0.5, 1]) {
    const windows = scanWindows(places, sizes, { share })
    for (let centre = 0; centre < 300; centre += 7) {
      const byDistance = [...sizes.keys()]
        .map((area) => ({
          area,
          d: Math.hypot(places.x[area]! - places.x[centre]!, places.y[area]! - places.y[centre]!),
        }))
        .sort((a, b) => a.d - b.d)
      let sum = 0
      const fits = byDistance.filter(({ area }) => (sum += sizes[area]!) <= share * all + 1e-6)
      expect(groupsOf(windows, centre)).toEqual(fits.map(({ area }) => [area]))
      for (const { area, d } of fits.slice(-1)) expect(scanDistance(windows, centre, area)).toBeCloseTo(d, 6)
    }
  }
})

test('areas at the same distance enter a window together, or not at all', () => {
  // Cells of 50 m, placed with rounding as projected coordinates have it.
  const side = 7
  const cells = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const)
  const places: ScanPlaces = {
    x: Float64Array.from(cells, ([x], i) => 500_000.1 + x * 50 + 1e-9 * (i % 3)),
    y: Float64Array.from(cells, ([, y], i) => 3_380_000.7 + y * 50 - 1e-9 * (i % 2)),
    coordinates: 'cartesian',
  }
  const windows = scanWindows(places, new Float64Array(side * side).fill(1), { share: 0.25 })
  const middle = 3 * side + 3
  // 1, 4, 4 and no more: the next 4 make 13 of at most 12.
  expect(groupsOf(windows, middle).map((group) => group.length)).toEqual([1, 4, 4])
  const near = groupsOf(windows, middle)[1]!.toSorted((a, b) => a - b)
  expect(near).toEqual([middle - side, middle - 1, middle + 1, middle + side])
})

test('longitudes and latitudes are measured on the sphere, in metres', () => {
  // One degree of a great circle of 6,371,008.8 m is 111,195.08 m.
  const places: ScanPlaces = {
    x: Float64Array.of(114.3, 114.3, 116.3),
    y: Float64Array.of(60, 61, 60),
    coordinates: 'longitude-latitude',
  }
  const windows = scanWindows(places, Float64Array.of(1, 1, 1), { share: 1 })
  expect(scanDistance(windows, 0, 1)).toBeCloseTo(111_195.08, 2)
  // Two degrees of longitude at 60° are just less than one of latitude, so that the third area is nearer.
  expect(groupsOf(windows, 0)).toEqual([[0], [2], [1]])
  const near = scanWindows(places, Float64Array.of(1, 1, 1), { share: 1, radius: 111_195 })
  expect(groupsOf(near, 0)).toEqual([[0], [2]])
})

test('a centre that alone exceeds the share has no window', () => {
  const places: ScanPlaces = { x: Float64Array.of(0, 1, 2), y: Float64Array.of(0, 0, 0), coordinates: 'cartesian' }
  const windows = scanWindows(places, Float64Array.of(8, 1, 1), { share: 0.5 })
  expect([...windows.offsets]).toEqual([0, 0, 1, 3])
})

test('more than 32,768 areas are kept in 32 bits', () => {
  const count = 40_000
  const places = scattered(3, count)
  const windows = scanWindows(places, new Float64Array(count).fill(1), { share: 3 / count })
  expect(windows.members).toBeInstanceOf(Uint32Array)
  expect(windows.members.length).toBe(3 * count)
  expect(windows.members[windows.offsets[count - 1]!]! >> 1).toBe(count - 1)
})

test('what does not fit together is refused', () => {
  const places = scattered(1, 3)
  expect(() => scanWindows(places, new Float64Array(2), { share: 0.5 })).toThrow('3 and 3 coordinates for 2 areas')
  expect(() => scanWindows(places, new Float64Array(3), { share: 50 })).toThrow('a share is in (0, 1], not 50')
})
