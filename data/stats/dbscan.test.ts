import { assert, array, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { dbscan } from './dbscan.ts'
import { Random } from './random.ts'

/** The definition, with all distances: labels by the first core point of each cluster, borders by the nearest one. */
function plain(x: number[], y: number[], radius: number, minPoints: number) {
  const near = (i: number) => [...x.keys()].filter((j) => (x[j]! - x[i]!) ** 2 + (y[j]! - y[i]!) ** 2 <= radius ** 2)
  const core = x.map((_, i) => near(i).length >= minPoints)
  const labels = x.map(() => 0)
  let count = 0
  for (const start of x.keys()) {
    if (!core[start] || labels[start] !== 0) continue
    labels[start] = ++count
    const queue = [start]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const other of near(next)) {
        if (!core[other] || labels[other] !== 0) continue
        labels[other] = count
        queue.push(other)
      }
    }
  }
  const distance = (i: number, j: number) => (x[j]! - x[i]!) ** 2 + (y[j]! - y[i]!) ** 2
  const borders = x.map((_, i) => {
    if (core[i]) return labels[i]!
    const cores = near(i).filter((j) => core[j])
    const ranked = cores.toSorted((a, b) => distance(i, a) - distance(i, b) || labels[a]! - labels[b]!)
    return ranked.length === 0 ? 0 : labels[ranked[0]!]!
  })
  return { labels: borders, core: core.map(Number), count }
}

function ours(x: number[], y: number[], radius: number, minPoints: number) {
  const { labels, core, count } = dbscan(Float64Array.from(x), Float64Array.from(y), radius, minPoints)
  return { labels: [...labels], core: [...core], count }
}

test('is the definition on whole metres, where many distances are equal to the radius', () => {
  const point = record({ x: integer({ min: -12, max: 12 }), y: integer({ min: -12, max: 12 }) })
  const points = array(point, { maxLength: 120 })
  assert(
    property(points, integer({ min: 1, max: 6 }), integer({ min: 1, max: 9 }), (points, radius, minPoints) => {
      const [x, y] = [points.map(({ x }) => x), points.map(({ y }) => y)]
      expect(ours(x, y, radius, minPoints)).toEqual(plain(x, y, radius, minPoints))
    }),
    { seed: 20261127, numRuns: 300 },
  )
})

test('is the definition on dense and thin places in one set', () => {
  const random = new Random(5, 'places of a set')
  const places = Array.from({ length: 12 }, () => ({
    x: random.between(400_000, 402_000),
    y: random.between(3_380_000, 3_382_000),
    spread: random.between(10, 300),
  }))
  const points = Array.from({ length: 1500 }, () => random.pick(places))
  const x = points.map(({ x, spread }) => random.bell(x, spread))
  const y = points.map(({ y, spread }) => random.bell(y, spread))
  for (const [radius, minPoints] of [
    [20, 5],
    [60, 10],
    [200, 40],
  ] as const) {
    const expected = plain(x, y, radius, minPoints)
    expect(expected.count).toBeGreaterThan(1)
    expect(ours(x, y, radius, minPoints)).toEqual(expected)
  }
})

test('the order of the points changes no cluster, border points included', () => {
  const random = new Random(6, 'order')
  const points = Array.from({ length: 400 }, () => ({ x: random.between(0, 30), y: random.between(0, 30) }))
  const order = random.shuffle([...points.keys()])
  const groupsOf = (order: number[]) => {
    const { labels } = ours(
      order.map((i) => points[i]!.x),
      order.map((i) => points[i]!.y),
      1.6,
      6,
    )
    const groups = Map.groupBy(order.keys(), (at) => labels[at]!)
    const named = [...groups].map(([label, members]) => {
      const names = members.map((at) => order[at]!).toSorted((a, b) => a - b)
      return `${label === 0 ? 'noise' : 'cluster'} ${names.join(' ')}`
    })
    return named.toSorted()
  }
  expect(groupsOf(order)).toEqual(groupsOf([...points.keys()]))
})

test('a point at the same distance from two clusters belongs to the one of the lower number', () => {
  const x = [10, 11, 10, 5, 0, -1, 0]
  const y = [0, 0, 1, 0, 0, 0, 1]
  expect(ours(x, y, 5, 4).labels).toEqual([1, 1, 1, 1, 2, 2, 2])
})

test('many points in one place are one cluster without measuring between them', () => {
  const x = new Float64Array(200_000).fill(7)
  const y = new Float64Array(200_000).fill(9)
  x[0] = 1000
  const { labels, count } = dbscan(x, y, 50, 10)
  expect(count).toBe(1)
  expect(labels[0]).toBe(0)
  expect(labels[1]).toBe(1)
})

test('no points, no clusters; what is no radius, number or position is refused', () => {
  expect(ours([], [], 5, 3)).toEqual({ labels: [], core: [], count: 0 })
  expect(() => ours([1], [1], 0, 3)).toThrow(RangeError)
  expect(() => ours([1], [1], Number.NaN, 3)).toThrow(RangeError)
  expect(() => ours([1], [1], 5, 0)).toThrow(RangeError)
  expect(() => ours([1], [1], 5, 2.5)).toThrow(RangeError)
  expect(() => ours([1, Number.NaN], [1, 2], 5, 2)).toThrow(/point 1/)
  expect(() => ours([0, 1e12], [0, 0], 1e-6, 2)).toThrow(/too small/)
})
