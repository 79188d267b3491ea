import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePosition, writePosition } from './replica-reader.ts'

test('positions are compared as numbers, not as texts', () => {
  const position = (text: string) => parsePosition(text) ?? -1n
  expect(position('9/FF') < position('10/0')).toBe(true)
  expect(position('0/FFFFFFFF') < position('1/0')).toBe(true)
  expect(position('16/B374D848')).toBe(0x16_b374d848n)
})

test('what is no position is none', () => {
  for (const text of ['', '1', '1/', '/1', '1/G', '123456789/0', '1/2/3', '-1/0'])
    expect(parsePosition(text)).toBeUndefined()
})

test('a position is read as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (position) => {
      expect(parsePosition(writePosition(position))).toBe(position)
    }),
  )
})
