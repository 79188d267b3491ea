import { expect, it } from 'vitest'
import { hash32, hash53 } from './hash32.ts'

/** How far from half each bit of twenty thousand hashes is set. */
function imbalance(hash: (text: string) => number, bits: number): number {
  const ones = Array.from({ length: bits }, () => 0)
  for (let i = 0; i < 20_000; i++) {
    const value = hash(String(i))
    for (let bit = 0; bit < bits; bit++) ones[bit] = (ones[bit] ?? 0) + (Math.floor(value / 2 ** bit) % 2)
  }
  return Math.max(...ones.map((count) => Math.abs(count - 10_000)))
}

it('spreads as MurmurHash3: no bit of twenty thousand hashes is set much more often than another', () => {
  expect(imbalance(hash32, 32)).toBeLessThan(400)
})

it('spreads over 53 bits, and tells texts apart that differ in a character anywhere', () => {
  expect(imbalance(hash53, 53)).toBeLessThan(400)
  const row = '菜价\u001f114.305\u001f30.605\u001f2024-05-01\u001f摊位'
  const texts = Array.from(
    { length: 100_000 },
    (_, i) => `${row.slice(0, i % row.length)}${i}${row.slice(i % row.length)}`,
  )
  expect(new Set(texts.map(hash53)).size).toBe(new Set(texts).size)
})
