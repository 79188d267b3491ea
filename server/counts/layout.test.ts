import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import { expect, test } from 'vitest'
import { cellFields, fieldOf, hasUpperWord, layOut, placeCode, sumLength, sumOffsets } from './layout.ts'

const own = ['day', 'hour', ...facetNames] as const

test('every field of a cell has bits of its own, and a cell stays below 2^53', () => {
  const greatest = (name: (typeof own)[number]) => {
    const { word, shift, mask } = cellFields[name]
    return mask * 2 ** (word * 32 + shift)
  }
  const cell = own.reduce((sum, name) => sum + greatest(name), 0)
  expect(cell).toBeLessThan(2 ** 53)
  for (const name of own) {
    expect(fieldOf(greatest(name), cellFields[name])).toBe(cellFields[name].mask)
    const others = own.filter((other) => other !== name)
    expect(others.map((other) => fieldOf(greatest(name), cellFields[other]))).toEqual(others.map(() => 0))
    expect(fieldOf(cell, cellFields[name])).toBe(cellFields[name].mask)
  }
  for (const name of facetNames) expect(facetOf(name).codes.length - 1).toBeLessThanOrEqual(cellFields[name].mask)
})

test('today’s facets need one word in memory; four more of 32 codes each fit', () => {
  expect(hasUpperWord).toBe(false)
  const facets = facetNames.map((name) => [name as string, Math.log2(facetOf(name).capacity)] as const)
  const more = ['a', 'b', 'c', 'd'].map((name) => [name, 5] as const)
  const fields = layOut<string>([['day', 5], ['hour', 5], ...facets, ...more])
  for (const name of own) expect(fields[name]).toEqual(cellFields[name])
  expect(more.map(([name]) => fields[name]!.word)).toEqual([1, 1, 1, 1])
  const cell = more.reduce((sum, [name], code) => sum + (code + 7) * 2 ** (32 + fields[name]!.shift), 0)
  expect(more.map(([name]) => fieldOf(cell, fields[name]!))).toEqual([7, 8, 9, 10])
  expect(() => layOut([...facets, ...more, ['e', 10], ['f', 10]])).toThrow(RangeError)
})

test('sums of facets lie after each other, then the hours', () => {
  const ends = facetNames.map((name) => sumOffsets[name] + facetOf(name).codes.length)
  expect(facetNames.map((name) => sumOffsets[name])).toEqual([0, ...ends.slice(0, -1)])
  expect(sumLength).toBe(ends.at(-1)! + 24)
})

test('a place is a street, a community or a grid', () => {
  const places = [0, 1 + 1001 * 7, 2 + 1001 * 7, 2 + 1001 * 999 + 999]
  expect(places.map((place) => placeCode('990101001', place))).toEqual([
    '990101001',
    '990101001007',
    '990101001007000',
    '990101001999999',
  ])
})
