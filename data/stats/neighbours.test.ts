import { expect, test } from 'vitest'
import { distanceBand, islandsOf, nearestNeighbours, type Neighbours, neighboursFromLists } from './neighbours.ts'
import { Random } from './random.ts'

function listsOf({ offsets, indices }: Neighbours): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, area) => [
    ...indices.subarray(offsets[area], offsets[area + 1]),
  ])
}

/** Points in metres, on whole numbers so that many lie at the same distance. */
function somePoints(count: number): [Float64Array, Float64Array] {
  const random = new Random('points', count)
  const coordinates = () => Float64Array.from({ length: count }, () => random.whole(0, 20))
  return [coordinates(), coordinates()]
}

function byDistance(x: Float64Array, y: Float64Array, area: number): { other: number; squared: number }[] {
  return Array.from(x, (_, other) => ({ other, squared: (x[area]! - x[other]!) ** 2 + (y[area]! - y[other]!) ** 2 }))
    .filter(({ other }) => other !== area)
    .sort((a, b) => a.squared - b.squared || a.other - b.other)
}

test('neighbours are ascending, each once, and without the area itself', () => {
  const neighbours = neighboursFromLists([[2, 1, 2], [1], []])
  expect(listsOf(neighbours)).toEqual([[1, 2], [], []])
  expect([...islandsOf(neighbours)]).toEqual([1, 2])
  expect(() => neighboursFromLists([[1]])).toThrow(RangeError)
})

test('a distance band holds every area up to its distance, that distance included', () => {
  const [x, y] = somePoints(150)
  for (const distance of [0.5, 1, Math.SQRT2, 5])
    expect(listsOf(distanceBand(x, y, distance))).toEqual(
      Array.from(x, (_, area) =>
        byDistance(x, y, area)
          .filter(({ squared }) => squared <= distance * distance)
          .map(({ other }) => other)
          .sort((a, b) => a - b),
      ),
    )
  expect(() => distanceBand(x, y, 0)).toThrow(RangeError)
})

test('of areas at the same distance those with lower numbers are nearest', () => {
  const [x, y] = somePoints(150)
  for (const k of [1, 4, 8, 149])
    expect(listsOf(nearestNeighbours(x, y, k))).toEqual(
      Array.from(x, (_, area) =>
        byDistance(x, y, area)
          .slice(0, k)
          .map(({ other }) => other)
          .sort((a, b) => a - b),
      ),
    )
  expect(() => nearestNeighbours(x, y, 150)).toThrow(RangeError)
})

test('areas at one place are found, however many there are', () => {
  const x = new Float64Array(60).fill(35_500_000.25)
  expect(listsOf(nearestNeighbours(x, x, 2))[59]).toEqual([0, 1])
  expect(distanceBand(x, x, 1).indices.length).toBe(60 * 59)
})
