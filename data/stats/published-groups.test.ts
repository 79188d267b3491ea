import { describe, expect, it } from 'vitest'
import { publishGroups, type CountedGroup, type GroupLevel } from './published-groups.ts'
import { Random } from './random.ts'

const k = 5
/** `a/b/c` → `a/b` → `a`; each has so many parts. */
const levels = (parts: number): GroupLevel[] => [
  { parentOf: (key) => key.slice(0, key.lastIndexOf('/')), childrenOf: () => 0 },
  { parentOf: (key) => key.slice(0, key.lastIndexOf('/')), childrenOf: () => parts },
  { parentOf: () => null, childrenOf: () => parts },
]
const cases = (counts: Record<string, number>): CountedGroup[] =>
  Object.entries(counts).map(([key, count]) => ({ level: 0, key, count }))

describe('publishGroups', () => {
  it('publishes what has k cases, and counts the rest one level up', () => {
    const groups = publishGroups(cases({ 's/a/1': 5, 's/a/2': 3, 's/a/3': 2, 's/b/1': 2 }), levels(9), k)
    expect(groups).toEqual([
      { level: 0, key: 's/a/1', count: 5 },
      { level: 1, key: 's/a', count: 5 },
    ])
  })

  it('holds back a sum from which its parts could be told', () => {
    // Two parts of at most four each are eight together only if both are four.
    const groups = publishGroups(cases({ 's/a/1': 4, 's/a/2': 4 }), levels(2), k)
    expect(groups).toEqual([])
    expect(publishGroups(cases({ 's/a/1': 4, 's/a/2': 4 }), levels(3), k)).toEqual([{ level: 1, key: 's/a', count: 8 }])
  })

  it('lets cases that are known to a level only stand with those from below', () => {
    const groups = publishGroups(
      [...cases({ 's/a/1': 4, 's/a/2': 4 }), { level: 1, key: 's/a', count: 6 }],
      levels(2),
      k,
    )
    expect(groups).toEqual([{ level: 1, key: 's/a', count: 14 }])
  })

  it('loses no case but those of a last remainder, and every unpublished part can be 0 and k − 1', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = new Random(seed, 'published groups')
      const parts = 2 + (seed % 5)
      const counts: Record<string, number> = {}
      for (let area = 0; area < parts; area++)
        for (let cell = 0; cell < parts; cell++) counts[`s/${area}/${cell}`] = Math.floor(random.next() * 9)
      const groups = publishGroups(cases(counts), levels(parts), k)
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
      const shown = groups.reduce((sum, { count }) => sum + count, 0)
      expect(total - shown).toBeGreaterThanOrEqual(0)
      expect(groups.every(({ count }) => count >= k)).toBe(true)
      for (const { key, count, level } of groups.filter((group) => group.level > 0)) {
        const below = groups.filter((group) => group.level === level - 1 && group.key.startsWith(`${key}/`))
        const hidden = parts - below.length
        // The others together can have all of it.
        expect(count).toBeLessThanOrEqual((k - 1) * (hidden - 1))
      }
    }
  })
})
