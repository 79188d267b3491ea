import { expect, test } from 'vitest'
import { hdbscan, type HdbscanOptions } from './hdbscan.ts'
import { reachabilityTree } from './mutual-reachability.ts'
import { Random } from './random.ts'

type Points = { x: number[]; y: number[] }

/** Three invented heaps of different density among scattered points, to tenths of a metre. */
function heaps(count: number, seed: number): Points {
  const random = new Random(seed, 'heaps')
  const heaps = [
    { x: 300, y: 300, spread: 20 },
    { x: 600, y: 500, spread: 60 },
    { x: 620, y: 240, spread: 14 },
  ]
  const places = Array.from({ length: count }, () => {
    const { x, y, spread } = random.pick(heaps)
    return random.chance(0.25)
      ? [random.between(0, 1000), random.between(0, 800)]
      : [random.bell(x, spread), random.bell(y, spread)]
  })
  const tenth = (value = 0) => Math.round(value * 10) / 10
  return { x: places.map(([x]) => tenth(x)), y: places.map(([, y]) => tenth(y)) }
}

/** The matrix of mutual reachability. */
function matrixOf({ x, y }: Points, minPoints: number): number[][] {
  const distances = x.map((_, i) => x.map((_, j) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)))
  const core = distances.map((row) => row.toSorted((a, b) => a - b)[minPoints - 1]!)
  return distances.map((row, i) => row.map((distance, j) => Math.max(distance, core[i]!, core[j]!)))
}

/** Prim's algorithm on the whole matrix. */
function prim(matrix: number[][]): { i: number; j: number; length: number }[] {
  const nearest = matrix.map((row) => ({ i: 0, length: row[0]! }))
  const outside = new Set([...matrix.keys()].slice(1))
  const edges: { i: number; j: number; length: number }[] = []
  while (outside.size > 0) {
    const j = [...outside].reduce((best, at) => (nearest[at]!.length < nearest[best]!.length ? at : best))
    outside.delete(j)
    edges.push({ ...nearest[j]!, j })
    for (const at of outside) if (matrix[j]![at]! < nearest[at]!.length) nearest[at] = { i: j, length: matrix[j]![at]! }
  }
  return edges
}

type Cluster = { members: number[]; birth: number; death: number; leaves: Map<number, number>; children: Cluster[] }

/** The papers' definition, group by group: the longest edges of a group are removed together. */
function plain(points: Points, { minPoints, leastPoints, resolution }: HdbscanOptions) {
  const edges = prim(matrixOf(points, minPoints)).map((edge) => ({
    ...edge,
    length: Math.max(edge.length, resolution),
  }))
  const grow = (cluster: Cluster, members: number[]): void => {
    const inside = edges.filter(({ i, j }) => members.includes(i) && members.includes(j))
    const longest = Math.max(...inside.map(({ length }) => length))
    const groups = groupsOf(
      members,
      inside.filter(({ length }) => length < longest),
    )
    const large = groups.filter((group) => group.length >= leastPoints)
    const small = groups.filter((group) => group.length < leastPoints).flat()
    for (const point of small) cluster.leaves.set(point, 1 / longest)
    if (large.length === 1) return grow(cluster, large[0]!)
    cluster.death = 1 / longest
    for (const group of large) {
      for (const point of group) cluster.leaves.set(point, 1 / longest)
      const child = { members: group, birth: 1 / longest, death: 0, leaves: new Map(), children: [] }
      cluster.children.push(child)
      grow(child, group)
    }
  }
  const all = points.x.map((_, i) => i)
  const root: Cluster = { members: all, birth: 0, death: 0, leaves: new Map(), children: [] }
  grow(root, all)
  const stability = ({ leaves, birth }: Cluster) => [...leaves.values()].reduce((sum, leave) => sum + leave - birth, 0)
  const choose = (cluster: Cluster): { chosen: Cluster[]; sum: number } => {
    const below = cluster.children.map(choose)
    const sum = below.reduce((sum, choice) => sum + choice.sum, 0)
    return cluster !== root && stability(cluster) >= sum
      ? { chosen: [cluster], sum: stability(cluster) }
      : { chosen: below.flatMap(({ chosen }) => chosen), sum }
  }
  const chosen = choose(root).chosen.toSorted((a, b) => Math.min(...a.members) - Math.min(...b.members))
  const last = (cluster: Cluster, point: number): { cluster: Cluster; leave: number } => {
    const child = cluster.children.find(({ members }) => members.includes(point))
    return child === undefined ? { cluster, leave: cluster.leaves.get(point)! } : last(child, point)
  }
  const densest = (cluster: Cluster): number => Math.max(cluster.death, ...cluster.children.map(densest))
  return {
    labels: all.map((point) => chosen.findIndex(({ members }) => members.includes(point)) + 1),
    probabilities: all.map((point) => {
      const cluster = chosen.find(({ members }) => members.includes(point))
      return cluster === undefined ? 0 : Math.min(1, last(root, point).leave / cluster.death)
    }),
    outlierScores: all.map((point) => {
      const { cluster, leave } = last(root, point)
      return 1 - leave / densest(cluster)
    }),
    stabilities: chosen.map(stability),
  }
}

function groupsOf(members: number[], edges: { i: number; j: number }[]): number[][] {
  const group = new Map(members.map((point) => [point, point]))
  for (const { i, j } of edges) {
    const [from, to] = [group.get(i)!, group.get(j)!]
    for (const [point, of] of group) if (of === from) group.set(point, to)
  }
  return [...Map.groupBy(members, (point) => group.get(point)!).values()]
}

function ours({ x, y }: Points, options: HdbscanOptions) {
  return hdbscan(Float64Array.from(x), Float64Array.from(y), options)
}

function expectPlain(points: Points, options: HdbscanOptions): number {
  const expected = plain(points, options)
  const found = ours(points, options)
  expect([...found.labels]).toEqual(expected.labels)
  const near = (values: Float64Array, wanted: number[]) => {
    expect(values.length).toBe(wanted.length)
    expect(Math.max(0, ...wanted.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(1e-9)
  }
  near(found.probabilities, expected.probabilities)
  near(found.outlierScores, expected.outlierScores)
  near(found.stabilities, expected.stabilities)
  return found.count
}

test('is the definition on the whole matrix: labels, probabilities, outlier scores, stabilities', () => {
  const counts = Array.from({ length: 12 }, (_, seed) => {
    const options = { minPoints: 2 + (seed % 5), leastPoints: 4 + (seed % 4), resolution: 0.01 }
    return expectPlain(heaps(60 + 5 * seed, seed), options)
  })
  expect(Math.max(...counts)).toBeGreaterThan(2)
})

test('many equal distances and many points at one address change nothing of that', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = new Random(seed, 'addresses')
    const x = Array.from({ length: 90 }, () => random.whole(0, 9) * 10 + (random.chance(0.5) ? 300 : 0))
    const y = Array.from({ length: 90 }, () => random.whole(0, 6) * 10)
    expect(expectPlain({ x, y }, { minPoints: 3, leastPoints: 5, resolution: 1 })).toBeGreaterThan(0)
  }
})

test('the tree is as long as the one of Prim on the whole matrix', () => {
  for (const minPoints of [1, 2, 5, 12]) {
    const points = heaps(300, 40 + minPoints)
    const expected = prim(matrixOf(points, minPoints))
      .map(({ length }) => length)
      .toSorted((a, b) => a - b)
    const { lengths } = reachabilityTree(Float64Array.from(points.x), Float64Array.from(points.y), minPoints)
    expect(lengths.length).toBe(299)
    expect(Math.max(...expected.map((length, i) => Math.abs(length - lengths[i]!)))).toBeLessThan(1e-9)
  }
})

/** What other programs find in `heaps(100, seed)`; sets without equally long edges where a cluster splits. */
const elsewhere = {
  // scikit-learn 1.9: HDBSCAN(min_cluster_size=8, min_samples=5), labels_ + 1 and probabilities_ of seed 103.
  scikit:
    '2 0 2 3 3 2 1 2 0 1 1 1 3 2 0 2 1 0 1 3 3 2 2 1 1 2 1 3 1 3 3 2 1 2 3 0 2 1 3 1 1 2 3 3 3 0 0 3 3 1 2 3 2 2 1 3 1 3 3 3 3 2 3 0 1 3 0 3 3 3 3 1 2 1 2 0 2 2 1 2 2 3 2 0 1 2 3 0 0 2 3 0 3 2 1 1 2 0 1 2',
  probabilities: [
    '0.891135 0 1 0.436293 1 1 1 1 0 0.95566 0.443625 0.756031 0.782313 0.345075 0 0.451248 0.993177 0',
    '0.474023 0.528567 0.624044 1 0.334518 1 1 0.696002 0.818078 0.562777 0.945288 1 1 0.437609 1 0.970434',
    '0.602028 0 0.431315 0.650123 1 0.835545 1 0.680576 1 0.490168 0.996403 0 0 1 0.547168 1 1 0.812321',
    '0.697074 0.414348 0.584412 0.57811 0.65933 1 0.530872 1 0.680589 0.907278 0.856825 0 0.313385 1 0 1',
    '0.982173 1 0.490168 0.2341 0.804717 1 1 0 0.962873 0.482186 1 0.332371 0.382449 1 1 0 0.487355 0.523236',
    '0.626418 0 0 0.213715 0.892079 0 1 0.376512 1 1 0.926497 0 0.70442 1',
  ].join(' '),
  // R dbscan 1.1: hdbscan(minPts = 8) of seed 101, and the sum of the heights of its tree.
  r: '3 0 1 2 1 2 0 0 2 3 2 1 3 3 3 3 1 0 3 2 0 3 3 2 0 2 3 2 2 2 1 2 2 3 0 3 3 2 0 2 1 2 3 1 3 2 2 2 3 2 0 2 0 2 3 2 0 2 1 3 0 2 1 3 2 0 3 1 2 3 1 2 0 0 3 3 3 3 2 0 1 2 2 1 2 2 3 3 2 1 2 2 2 3 1 0 2 0 2 2',
  heights: 7002.583533882,
}

test('is what scikit-learn and R dbscan find, but for the numbers of the clusters', () => {
  const sameGroups = (labels: ArrayLike<number>, others: string) => {
    const pairs = new Set(others.split(' ').map((other, i) => `${other === '0' ? 'noise' : other}: ${labels[i]}`))
    expect(pairs.size).toBe(4)
    expect(pairs.has('noise: 0')).toBe(true)
  }
  const points = heaps(100, 103)
  const { labels, probabilities } = ours(points, { minPoints: 5, leastPoints: 8, resolution: 1e-6 })
  sameGroups(labels, elsewhere.scikit)
  const expected = elsewhere.probabilities.split(' ').map(Number)
  expect(Math.max(...expected.map((value, i) => Math.abs(value - probabilities[i]!)))).toBeLessThan(1e-6)
  const others = heaps(100, 101)
  sameGroups(ours(others, { minPoints: 8, leastPoints: 8, resolution: 1e-6 }).labels, elsewhere.r)
  const { lengths } = reachabilityTree(Float64Array.from(others.x), Float64Array.from(others.y), 8)
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeCloseTo(elsewhere.heights, 6)
})

test('the order of the points changes no cluster', () => {
  const points = heaps(200, 3)
  const order = new Random(1, 'order').shuffle([...points.x.keys()])
  const options = { minPoints: 5, leastPoints: 8, resolution: 0.1 }
  const before = ours(points, options)
  const after = ours({ x: order.map((i) => points.x[i]!), y: order.map((i) => points.y[i]!) }, options)
  const names = (labels: Int32Array, nameOf: (i: number) => number) =>
    [...Map.groupBy(labels.keys(), (i) => labels[i]!)]
      .map(
        ([label, members]) =>
          `${label === 0} ${members
            .map(nameOf)
            .toSorted((a, b) => a - b)
            .join(' ')}`,
      )
      .toSorted()
  expect(names(after.labels, (i) => order[i]!)).toEqual(names(before.labels, (i) => i))
  expect(before.count).toBeGreaterThan(1)
})

test('a long computation says how far it is', () => {
  const shares: number[] = []
  ours(heaps(300, 8), { minPoints: 5, leastPoints: 8, resolution: 1, progress: (share) => shares.push(share) })
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
  expect(shares.length).toBeGreaterThan(2)
})

test('too few points, all at one place, and what is no number', () => {
  const options = { minPoints: 3, leastPoints: 3, resolution: 1 }
  expect(ours({ x: [], y: [] }, options).count).toBe(0)
  expect([...ours({ x: [1, 2], y: [1, 2] }, options).labels]).toEqual([0, 0])
  expect(ours({ x: Array<number>(50).fill(4), y: Array<number>(50).fill(5) }, options).count).toBe(0)
  expect(() => ours({ x: [1], y: [1] }, { ...options, minPoints: 0 })).toThrow(RangeError)
  expect(() => ours({ x: [1], y: [1] }, { ...options, leastPoints: 1 })).toThrow(RangeError)
  expect(() => ours({ x: [1], y: [1] }, { ...options, resolution: 0 })).toThrow(RangeError)
  expect(() => ours({ x: [1, 2, Number.NaN], y: [1, 2, 3] }, options)).toThrow(/point 2/)
})
