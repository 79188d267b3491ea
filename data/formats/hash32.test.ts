import { expect, it } from 'vitest'
import { hash32 } from './hash32.ts'

it('spreads as MurmurHash3: no bit of twenty thousand hashes is set much more often than another', () => {
  const ones = Array.from({ length: 32 }, () => 0)
  for (let i = 0; i < 20_000; i++) {
    const hash = hash32(String(i))
    for (let bit = 0; bit < 32; bit++) ones[bit] = (ones[bit] ?? 0) + ((hash >>> bit) & 1)
  }
  for (const count of ones) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})
