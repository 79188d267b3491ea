import { expect, test } from 'vitest'
import { moranI } from './global-autocorrelation.ts'
import { localGeary } from './local-geary.ts'
import { localMoran, quadrants } from './local-moran.ts'
import { nearestNeighbours, neighboursFromLists, type Neighbours } from './neighbours.ts'
import { Random } from './random.ts'
import { binaryWeights, rowStandardisedWeights, type Weights } from './weights.ts'

const random = new Random('local autocorrelation')
const n = 60
const draw = () => Float64Array.from({ length: n }, () => random.next() * 100)
const [x, y, values] = [draw(), draw(), draw()]
const weights = rowStandardisedWeights(nearestNeighbours(x, y, 4))

function close(ours: Float64Array, expected: Float64Array, digits = 9): void {
  for (const [area, value] of expected.entries()) expect(ours[area]).toBeCloseTo(value, digits)
}

test('the mean of all local I is the global one', () => {
  const { i } = localMoran(values, weights)
  expect(i.reduce((sum, value) => sum + value, 0) / n).toBeCloseTo(moranI(values, weights).value, 12)
})

test('neither the order of the areas nor unit and origin of the values change anything', () => {
  const order = random.shuffle([...values.keys()])
  const permuted = (array: Float64Array) => Float64Array.from(order, (area) => array[area]!)
  const moved = rowStandardisedWeights(nearestNeighbours(permuted(x), permuted(y), 4))
  const changed = permuted(values).map((value) => 1e4 - value * 3)
  for (const nullHypothesis of ['conditional', 'total'] as const) {
    const before = localMoran(values, weights, { nullHypothesis })
    const after = localMoran(changed, moved, { nullHypothesis })
    close(after.i, permuted(before.i))
    close(after.z, permuted(before.z))
    // Turned around: what was high is low.
    expect([...after.quadrant]).toEqual(order.map((area) => 3 - before.quadrant[area]!))
  }
  const [before, after] = [localGeary(values, weights), localGeary(changed, moved)]
  close(after.c, permuted(before.c))
  close(after.z, permuted(before.z))
})

test('conditional moments are those of all neighbourhoods that the others can make', () => {
  const few = Float64Array.of(2, 3, 5, 7, 11, 1, 1)
  const neighbours = neighboursFromLists([[1, 2], [0, 3, 5], [4, 6], [0], [5], [6], [0, 1]])
  const uneven: Weights = {
    neighbours,
    values: Float64Array.from(neighbours.indices, (_, i) => 1 + (i % 3)),
    self: null,
  }
  for (const w of [binaryWeights(neighbours), uneven]) {
    const [moran, geary] = [localMoran(few, w), localGeary(few, w)]
    for (let area = 0; area < few.length; area++) {
      const [lag, square] = everyNeighbourhood(few, w, area)
      const own = few[area]! - few.reduce((sum, value) => sum + value, 0) / few.length
      expect(moran.z[area]).toBeCloseTo(Math.sign(own) * lag, 10)
      expect(geary.z[area]).toBeCloseTo(-square, 10)
    }
  }
})

/** Standard deviates of the sum of neighbours, and of squared differences, among all ordered choices of neighbours. */
function everyNeighbourhood(all: Float64Array, { neighbours, values: w }: Weights, area: number): [number, number] {
  const { offsets, indices } = neighbours
  const row = [...indices.subarray(offsets[area], offsets[area + 1])]
  const rowWeights = [...w.subarray(offsets[area], offsets[area + 1])]
  const others = [...all.keys()].filter((other) => other !== area)
  const choices = (k: number): number[][] =>
    k === 0
      ? [[]]
      : choices(k - 1).flatMap((chosen) =>
          others.filter((other) => !chosen.includes(other)).map((other) => [...chosen, other]),
        )
  const deviate = (term: (other: number) => number) => {
    const sum = (chosen: number[]) =>
      chosen.reduce((sum, other, position) => sum + rowWeights[position]! * term(other), 0)
    const figures = choices(row.length).map(sum)
    const mean = figures.reduce((sum, value) => sum + value, 0) / figures.length
    const variance = figures.reduce((sum, value) => sum + (value - mean) ** 2, 0) / figures.length
    return (sum(row) - mean) / Math.sqrt(variance)
  }
  return [deviate((other) => all[other]!), deviate((other) => (all[other]! - all[area]!) ** 2)]
}

test('islands, equal values and values of exactly the mean have no z', () => {
  const line: Neighbours = neighboursFromLists([[1], [0, 2], [1], []])
  const moran = localMoran(Float64Array.of(1, 2, 3, 2), binaryWeights(line))
  expect([moran.i[3], moran.z[1], moran.z[3]]).toEqual(Array(3).fill(Number.NaN))
  expect(quadrants[moran.quadrant[3]!]).toBe('none')
  expect([...localGeary(Float64Array.of(4, 4, 4, 4), binaryWeights(line)).z]).toEqual(Array(4).fill(Number.NaN))
  expect(() => localMoran(values, rowStandardisedWeights(weights.neighbours, { self: true }))).toThrow(RangeError)
})
