import { expect, test } from 'vitest'
import { localG } from './local-g.ts'
import { nearestNeighbours, neighboursFromLists } from './neighbours.ts'
import { Random } from './random.ts'
import { binaryWeights, rowStandardisedWeights } from './weights.ts'

const line = neighboursFromLists([[1], [0, 2], [1, 3], [2], []])

test('Gi* of five areas, computed by hand', () => {
  // The mean is 2 and Σ (x − 2)² = 10, so that s² = 2.
  const z = localG(Float64Array.of(1, 2, 3, 4, 0), binaryWeights(line, { self: true }))
  const expected = [
    (3 - 4) / Math.sqrt((2 * (5 * 2 - 4)) / 4),
    (6 - 6) / Math.sqrt((2 * (5 * 3 - 9)) / 4),
    (9 - 6) / Math.sqrt((2 * (5 * 3 - 9)) / 4),
    (7 - 4) / Math.sqrt((2 * (5 * 2 - 4)) / 4),
    (0 - 2) / Math.sqrt((2 * (5 - 1)) / 4),
  ]
  for (const [area, value] of expected.entries()) expect(z[area]).toBeCloseTo(value, 12)
})

test('Gi of an island, and of values that do not differ, is not a number', () => {
  expect(localG(Float64Array.of(1, 2, 3, 4, 0), binaryWeights(line))[4]).toBeNaN()
  for (const self of [true, false])
    expect([...localG(new Float64Array(5).fill(0.1), binaryWeights(line, { self }))]).toEqual(Array(5).fill(Number.NaN))
  // All others are equal: nothing among them can be high or low.
  expect(localG(Float64Array.of(0.1, 7, 0.1, 0.1, 0.1), binaryWeights(line))[1]).toBeNaN()
})

test('Gi and Gi* depend on neither the order of areas, nor the unit and origin of values, nor the size of weights', () => {
  const random = new Random('local g')
  const n = 60
  const draw = () => Float64Array.from({ length: n }, () => random.next() * 1000)
  const [x, y, values] = [draw(), draw(), draw()]
  const order = random.shuffle([...values.keys()])
  const permuted = (array: Float64Array) => Float64Array.from(order, (area) => array[area]!)
  const neighbours = nearestNeighbours(x, y, 5)
  for (const self of [true, false]) {
    const z = localG(values, binaryWeights(neighbours, { self }))
    const close = (other: Float64Array, expected: Float64Array) => {
      for (const [area, value] of expected.entries()) expect(other[area]).toBeCloseTo(value, 9)
    }
    close(localG(values, rowStandardisedWeights(neighbours, { self })), z)
    close(
      localG(
        values.map((value) => 3.5 * value - 1e6),
        binaryWeights(neighbours, { self }),
      ),
      z,
    )
    close(
      localG(
        values.map((value) => -value),
        binaryWeights(neighbours, { self }),
      ),
      z.map((value) => -value),
    )
    const moved = nearestNeighbours(permuted(x), permuted(y), 5)
    close(localG(permuted(values), binaryWeights(moved, { self })), permuted(z))
  }
})

test('a value that is missing, or one too many, is refused', () => {
  expect(() => localG(Float64Array.of(1, 2), binaryWeights(line))).toThrow(RangeError)
  expect(() => localG(Float64Array.of(1, 2, Number.NaN, 4, 5), binaryWeights(line))).toThrow('area 2')
})
