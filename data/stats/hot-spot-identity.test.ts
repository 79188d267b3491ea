import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { identifyHotSpots } from './hot-spot-identity.ts'

/** Cells 0 to 59 cut into hot spots that do not overlap; some cells belong to none. */
const period = fc
  .array(fc.nat(5), { minLength: 60, maxLength: 60 })
  .map((of) =>
    [0, 1, 2, 3]
      .map((spot) => of.flatMap((value, cell) => (value === spot ? [cell] : [])))
      .filter((cells) => cells.length > 0),
  )
const periods = fc.array(period, { minLength: 1, maxLength: 6 })
const idsOf = (all: Parameters<typeof identifyHotSpots>[0], options?: Parameters<typeof identifyHotSpots>[1]) =>
  identifyHotSpots(all, options).map(({ hotSpots }) => hotSpots.map(({ id }) => id))

test('no id comes twice in a period, new ones count up, and each has been seen since it says', () => {
  fc.assert(
    fc.property(periods, (all) => {
      const first = new Map<number, number>()
      for (const [at, { hotSpots }] of identifyHotSpots(all).entries()) {
        expect(new Set(hotSpots.map(({ id }) => id)).size).toBe(hotSpots.length)
        for (const { id, since, transition, from } of hotSpots) {
          if (!first.has(id)) first.set(id, at)
          expect(since).toBe(first.get(id))
          expect(transition === 'new').toBe(from.length === 0)
          expect(since === at || from.includes(id)).toBe(true)
        }
      }
      expect([...first.keys()]).toEqual([...first.keys()].map((_, i) => i + 1))
    }),
  )
})

test('periods that are added change no earlier id', () => {
  fc.assert(
    fc.property(periods, periods, (before, after) => {
      expect(idsOf([...before, ...after]).slice(0, before.length)).toEqual(idsOf(before))
    }),
  )
})

test('what stays as it is keeps its ids, in whatever order it comes and however its cells are numbered', () => {
  fc.assert(
    fc.property(period, fc.nat(1000), (spots, shift) => {
      fc.pre(spots.length > 0)
      const moved = spots.toReversed().map((cells) => cells.toReversed())
      const [first, second] = idsOf([spots, moved])
      expect(second).toEqual(first!.toReversed())
      const renumbered = [spots, moved].map((all) => all.map((cells) => cells.map((cell) => cell * 7 + shift)))
      expect(idsOf(renumbered)).toEqual([first, second])
      expect(identifyHotSpots([spots, moved])[1]!.hotSpots.every(({ transition }) => transition === 'continued')).toBe(
        true,
      )
    }),
  )
})

test('everything of a period is continued, taken up or gone', () => {
  fc.assert(
    fc.property(period, period, (before, after) => {
      const [first, second] = identifyHotSpots([before, after], { memory: 0 })
      for (const { id } of first!.hotSpots) {
        const continues = second!.hotSpots.some((spot) => spot.id === id)
        expect(second!.gone.includes(id)).toBe(!continues)
      }
      const free = second!.hotSpots.filter(({ transition }) => transition === 'new')
      for (const spot of free) expect(spot.since).toBe(1)
    }),
  )
})

test('hot spots merge, split, go, and come back under their id', () => {
  const [a, b] = [
    [1, 2, 3, 4, 5],
    [11, 12, 13],
  ]
  const found = identifyHotSpots([[a, b], [[...a, ...b]], [[1, 2, 3], [4, 5], b], [a], [], [[2, 3, 4], [30]]])
  const said = found.map(({ hotSpots }) => hotSpots.map(({ id, transition }) => `${id} ${transition}`))
  expect(said).toEqual([
    ['1 new', '2 new'],
    ['1 merged'],
    ['1 split', '3 split', '2 split'],
    ['1 merged'],
    [],
    ['1 returned', '4 new'],
  ])
  expect(found.map(({ gone }) => gone)).toEqual([[], [2], [], [2, 3], [1], []])
  expect(found[1]!.hotSpots[0]!.from).toEqual([1, 2])
})

test('what touches only a little is another hot spot, and what was gone too long is forgotten', () => {
  const spot = [1, 2, 3, 4, 5, 6, 7, 8]
  expect(idsOf([[spot], [[8, 9, 10, 11, 12]]])).toEqual([[1], [2]])
  expect(idsOf([[spot], [], [], [spot]], { memory: 3 })[3]).toEqual([1])
  expect(idsOf([[spot], [], [], [spot]], { memory: 1 })[3]).toEqual([2])
  expect(() => identifyHotSpots([[[]]])).toThrow(RangeError)
  expect(() => identifyHotSpots([], { overlap: 0 })).toThrow(RangeError)
})
