import { expect, test } from 'vitest'
import { type GlobalFigures, globalPatternOf } from './global-figures.ts'

const figure = (z: number | null, p: number | null) => ({ value: 0.2, expected: 0, z, p })

function patternOf(moran: [number | null, number | null], g: [number | null, number | null]) {
  const figures: GlobalFigures = { moran: figure(...moran), geary: figure(0, 1), generalG: figure(...g) }
  return globalPatternOf(figures)
}

test('Moran’s I says whether there is a pattern, general G which values make it', () => {
  expect(patternOf([4, 0.0001], [3, 0.003])).toBe('high')
  expect(patternOf([4, 0.0001], [-3, 0.003])).toBe('low')
  expect(patternOf([4, 0.0001], [1, 0.3])).toBe('clustered')
  expect(patternOf([4, 0.0001], [null, null])).toBe('clustered')
  expect(patternOf([-3, 0.003], [3, 0.003])).toBe('dispersed')
  expect(patternOf([1.5, 0.13], [3, 0.003])).toBe('random')
  expect(patternOf([null, null], [3, 0.003])).toBe('unknown')
})
