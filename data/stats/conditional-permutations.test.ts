import { expect, test } from 'vitest'
import { permutationP, permuteConditionally, type PermutationCounts } from './conditional-permutations.ts'
import { localG } from './local-g.ts'
import { nearestNeighbours, neighboursFromLists } from './neighbours.ts'
import { twoSidedP } from './normal.ts'
import { Random } from './random.ts'
import { binaryWeights, rowStandardisedWeights, type Weights } from './weights.ts'

const random = new Random('conditional permutations test')
const n = 200
const draw = () => Float64Array.from({ length: n }, () => random.next() * 100)
const [x, y, values] = [draw(), draw(), draw()]
const neighbours = nearestNeighbours(x, y, 8)
const weights = binaryWeights(neighbours)

test('the counts do not depend on how the areas are divided', () => {
  for (const enough of [undefined, 10]) {
    const ask = (from: number, to: number) =>
      permuteConditionally(values, weights, { figure: 'lag', permutations: 199, enough, seed: 3, from, to })
    const whole = ask(0, n)
    for (const key of ['atLeast', 'atMost', 'permutations'] as const)
      expect([0, 1, 2, 3].flatMap((part) => [...ask(part * 50, part * 50 + 50)[key]])).toEqual([...whole[key]])
    expect(whole.permutations.every((count) => count === 199)).toBe(enough === undefined)
  }
})

test('p of permutations is that of z where sums are near to normal', () => {
  const p = permutationP(
    permuteConditionally(values, weights, { figure: 'lag', permutations: 9999, seed: 1 }),
    'two-sided',
  )
  const z = localG(values, weights)
  for (const [area, value] of p.entries()) expect(Math.abs(value - twoSidedP(z[area]!))).toBeLessThan(0.03)
})

test('p approaches the share of all neighbourhoods, for lags and for squared differences', () => {
  const few = Float64Array.of(0, 1, 3, 3, 8, 2, 0)
  const lists = neighboursFromLists([
    [1, 2],
    [2, 4],
    [3, 4],
    [0, 6],
    [2, 3],
    [0, 6],
    [0, 5],
  ])
  const uneven: Weights = {
    neighbours: lists,
    values: Float64Array.from(lists.indices, (_, i) => 1 + (i % 2)),
    self: null,
  }
  for (const w of [rowStandardisedWeights(lists), uneven])
    for (const figure of ['lag', 'geary'] as const) {
      const counts = permuteConditionally(few, w, { figure, permutations: 40_000, seed: 5 })
      for (let area = 0; area < few.length; area++) {
        const [first, second] = [lists.offsets[area]!, lists.offsets[area]! + 1]
        const term = (other: number) => (figure === 'lag' ? few[other]! : (few[other]! - few[area]!) ** 2)
        const sum = (a: number, b: number) => w.values[first]! * term(a) + w.values[second]! * term(b)
        const observed = sum(lists.indices[first]!, lists.indices[second]!)
        const others = [...few.keys()].filter((other) => other !== area)
        const all = others.flatMap((a) => others.filter((b) => b !== a).map((b) => sum(a, b)))
        const share = all.filter((value) => value >= observed - 1e-9).length / all.length
        expect(Math.abs(counts.atLeast[area]! / 40_000 - share), `${figure} ${area}`).toBeLessThan(0.012)
      }
    }
})

test('summing up from area to area gives what adding up each row for each area gives', () => {
  // Negative weights are never taken for equal ones; they turn the tails around.
  const uneven = neighboursFromLists(
    Array.from(values, (_, area) => [...neighbours.indices.subarray(area * 8, area * 8 + (area % 9))]),
  )
  for (const w of [weights, binaryWeights(uneven)])
    for (const [from, to] of [
      [0, n],
      [37, 90],
    ] as const) {
      const options = { permutations: 1500, seed: 4, from, to } as const
      const turned: Weights = { ...w, values: w.values.map(() => -1) }
      const sums = permuteConditionally(values, w, { figure: 'lag', ...options })
      const each = permuteConditionally(values, turned, { figure: 'lag', ...options })
      expect([...sums.atLeast]).toEqual([...each.atMost])
      expect([...sums.atMost]).toEqual([...each.atLeast])
      const squares = permuteConditionally(values, w, { figure: 'geary', ...options })
      const eachSquare = permuteConditionally(values, turned, { figure: 'geary', ...options })
      expect([...squares.atLeast]).toEqual([...eachSquare.atMost])
    }
})

test('an area among areas without cases is no cold spot', () => {
  // One case in 200 areas: nearly every random neighbourhood is as empty.
  const rare = new Float64Array(n)
  rare[7] = 1
  const counts = permuteConditionally(rare, weights, { figure: 'lag', permutations: 199, seed: 1 })
  const p = permutationP(counts, 'two-sided')
  const empty = [...p.keys()].filter((area) => localG(rare, weights)[area]! < 0)
  expect(empty.length).toBeGreaterThan(150)
  expect(empty.every((area) => p[area] === 1)).toBe(true)
})

test('ties are found whatever the order of the neighbours', () => {
  // 0.1 + 0.2 + 0.3 is another double than 0.3 + 0.2 + 0.1.
  const tenths = Float64Array.from({ length: 12 }, (_, area) => [0.1, 0.2, 0.3][area % 3]!)
  const lists = neighboursFromLists(
    Array.from(tenths, (_, area) => [...tenths.keys()].filter((other) => other !== area)),
  )
  const { atLeast, atMost } = permuteConditionally(tenths, binaryWeights(lists), {
    figure: 'lag',
    permutations: 99,
    seed: 1,
  })
  expect([...atLeast, ...atMost].every((count) => count === 99)).toBe(true)
})

test('few permutations are enough where nothing is remarkable, and small p get all of them', () => {
  const planted = values.map((value, area) => (x[area]! < 20 ? value + 200 : value))
  const counts = permuteConditionally(planted, weights, { figure: 'lag', permutations: 20_000, enough: 20, seed: 2 })
  const exact = permutationP(
    permuteConditionally(planted, weights, { figure: 'lag', permutations: 20_000, seed: 2 }),
    'two-sided',
  )
  const early = permutationP(counts, 'two-sided')
  const drawn = counts.permutations.reduce((sum, count) => sum + count, 0)
  expect(drawn).toBeLessThan((n * 20_000) / 2)
  for (const [area, p] of exact.entries()) {
    if (counts.permutations[area] === 20_000) continue
    // Twenty as extreme: a relative error of 1/√20 is one standard deviation.
    expect(Math.abs(Math.log(early[area]! / p))).toBeLessThan(1.2)
  }
  expect(Math.min(...early)).toBe(2 / 20_001)
})

test('tails are counted as each alternative says', () => {
  const counts: PermutationCounts = {
    atLeast: Uint32Array.of(4, 90, 60, 0),
    atMost: Uint32Array.of(95, 12, 60, 0),
    permutations: Uint32Array.of(99, 99, 99, 0),
  }
  const rounded = (p: Float64Array) => Array.from(p, (value) => Math.round(value * 1e6) / 1e6)
  expect(rounded(permutationP(counts, 'greater'))).toEqual([0.05, 0.91, 0.61, Number.NaN])
  expect(rounded(permutationP(counts, 'less'))).toEqual([0.96, 0.13, 0.61, Number.NaN])
  expect(rounded(permutationP(counts, 'folded'))).toEqual([0.05, 0.13, 0.61, Number.NaN])
  expect(rounded(permutationP(counts, 'two-sided'))).toEqual([0.1, 0.26, 1, Number.NaN])
})
