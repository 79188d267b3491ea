import { globalPatternOf } from '@minqing/data/domain/global-figures'
import { neighboursFromLists } from '@minqing/data/stats/neighbours'
import { expect, test } from 'vitest'
import { globalFigures } from './global-figures.ts'

/** Units in a row, each beside the next one; those after `most` have no neighbour. */
const row = (units: number, most = units) =>
  neighboursFromLists(
    Array.from({ length: units }, (_, unit) =>
      [unit - 1, unit + 1].filter((other) => other >= 0 && unit < most && other < most),
    ),
  )

test('nothing is said of the whole where too few units have neighbours', () => {
  const values = Float64Array.of(1, 2, 4, 8, 16, 32)
  const nothing = { value: null, expected: null, z: null, p: null }
  for (const most of [0, 2, 3, 4]) {
    const figures = globalFigures(values, row(6, most))!
    expect(figures).toEqual({ moran: nothing, geary: nothing, generalG: nothing })
    expect(globalPatternOf(figures)).toBe('unknown')
  }
  expect(globalPatternOf(globalFigures(values, row(6))!)).not.toBe('unknown')
})
