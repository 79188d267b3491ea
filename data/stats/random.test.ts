import { expect, test } from 'vitest'
import { Random } from './random.ts'

test('a key always gives the same numbers', () => {
  const random = new Random(1, 'day', 20_412)
  expect([random.word(), random.word(), random.word()]).toEqual([
    new Random(1, 'day', 20_412).word(),
    ...(() => {
      const again = new Random(1, 'day', 20_412)
      again.word()
      return [again.word(), again.word()]
    })(),
  ])
  expect(new Random(1, 'day', 20_413).word()).not.toBe(new Random(1, 'day', 20_412).word())
})

test('these are the numbers, on every machine and in every year', () => {
  const random = new Random(1, 'golden')
  expect([random.word(), random.word(), random.word(), random.word()]).toEqual([
    446459446, 3790497950, 3525975119, 3707372637,
  ])
})

test('draws have the means they promise', () => {
  const random = new Random('means')
  const mean = (draw: () => number) =>
    Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000
  expect(mean(() => random.next())).toBeCloseTo(0.5, 1)
  expect(mean(() => random.poisson(3))).toBeCloseTo(3, 0)
  expect(mean(() => random.exponential(4))).toBeCloseTo(4, 0)
  expect(mean(() => random.bell(10, 2))).toBeCloseTo(10, 0)
  expect(mean(() => (random.weighted({ a: 3, b: 1 }) === 'a' ? 1 : 0))).toBeCloseTo(0.75, 1)
})

test('there is nothing to pick from nothing', () => {
  expect(() => new Random('x').pick([])).toThrow(RangeError)
})
