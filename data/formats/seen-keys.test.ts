import { describe, expect, it } from 'vitest'
import { hash32, SeenKeys } from './seen-keys.ts'

describe('SeenKeys', () => {
  it('remembers the first line and content of each of a hundred thousand keys', () => {
    const seen = new SeenKeys()
    for (let i = 1; i <= 100_000; i++) expect(seen.note(`G${i}`, i, i * 7)).toBeNull()
    for (let i = 1; i <= 100_000; i += 997) {
      expect(seen.note(`G${i}`, 1, i * 7)).toEqual({ line: i, same: true })
      expect(seen.note(`G${i}`, 1, i * 7 + 1)).toEqual({ line: i, same: false })
    }
  })

  it('hashes as MurmurHash3 spreads: no bit of a million is set much more often than another', () => {
    const ones = Array.from({ length: 32 }, () => 0)
    for (let i = 0; i < 20_000; i++) {
      const hash = hash32(String(i))
      for (let bit = 0; bit < 32; bit++) ones[bit] = (ones[bit] ?? 0) + ((hash >>> bit) & 1)
    }
    for (const count of ones) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})
