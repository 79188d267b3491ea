import { expect, test } from 'vitest'
import { countCube, rateCube } from './space-time-cube.ts'

test('incidents are counted by unit and step, and those outside are counted as such', () => {
  const units = Int32Array.of(0, 1, 1, -1, 2, 0, 1, 2)
  // Steps of different length, as months are: [0, 31), [31, 59), [59, 90)
  const times = Float64Array.of(0, 30.9, 31, 5, 89, 90, 58.99, -1)
  const cube = countCube(units, times, 3, Float64Array.of(0, 31, 59, 90))
  expect(cube).toEqual({
    units: 3,
    steps: 3,
    counts: Uint32Array.of(1, 0, 0, 1, 2, 0, 0, 0, 1),
    outside: { units: 1, steps: 2 },
  })
  const rates = rateCube(cube, Float64Array.of(31, 28, 31, 62, 56, 62, 31, 28, 31))
  expect(rates[4]).toBe(2 / 56)
  expect(rates[8]).toBe(1 / 31)
})

test('edges that do not ascend and exposures of nothing are refused', () => {
  const none = new Float64Array(0)
  expect(() => countCube(new Int32Array(0), none, 1, Float64Array.of(0, 7, 7))).toThrow('ascending edges')
  expect(() => countCube(new Int32Array(1), none, 1, Float64Array.of(0, 7))).toThrow('1 units of 0 incidents')
  const cube = countCube(new Int32Array(0), none, 2, Float64Array.of(0, 7))
  expect(() => rateCube(cube, Float64Array.of(5, 0))).toThrow('an exposure of 0 in unit 1')
})
