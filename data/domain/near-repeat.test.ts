import { expect, test } from 'vitest'
import { type NearRepeat, reachOfRepeats } from './near-repeat.ts'

const yes = { observed: 30, expected: 10, ratio: 3, p: 0.001 }
const no = { observed: 11, expected: 10, ratio: 1.1, p: 0.001 }
const chance = { observed: 13, expected: 10, ratio: 1.3, p: 0.2 }
const unknown = { observed: 0, expected: 0, ratio: null, p: 1 }

const reach = (cells: NearRepeat['cells']) => reachOfRepeats({ distance: [10, 100, 200], days: [7, 14], cells })

test('repeats reach as far and as long as cells beside each other from the first days on are more than chance', () => {
  expect(reach([yes, yes, yes, yes, chance, yes])).toEqual({ from: 0, metres: 100, days: 14 })
  expect(reach([yes, yes, yes, no, chance, yes])).toEqual({ from: 0, metres: 100, days: 7 })
  expect(reach([yes, no, no, no, yes, yes])).toEqual({ from: 0, metres: 10, days: 7 })
  // No pairs at the same place.
  expect(reach([unknown, unknown, yes, no, no, no])).toEqual({ from: 0, metres: 100, days: 7 })
})

test('repeats farther away do not reach over nearer distances without any', () => {
  expect(reach([chance, yes, yes, yes, no, no])).toEqual({ from: 10, metres: 100, days: 14 })
  expect(reach([unknown, unknown, no, yes, yes, no])).toEqual({ from: 100, metres: 200, days: 7 })
})

test('what is more than chance only after some time is no near repeat', () => {
  expect(reach([no, yes, chance, yes, unknown, yes])).toBeNull()
})
