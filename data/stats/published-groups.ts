/** Cases that share a key of a level, from the finest level 0 on. */
export type CountedGroup = { level: number; key: string; count: number }

export type GroupLevel = {
  /** The key one level up; null above the last level. */
  parentOf: (key: string) => string | null
  /** How many keys of the level below a key of this one may have, as anybody can know; 0 on level 0. */
  childrenOf: (key: string) => number
}

/**
 * Divides cases into groups that may be published: each case is in exactly one, and each group has at least `k`. What is
 * too small on one level is counted with its parent's on the next one. Every table that adds up whole groups can then be
 * published, however it overlaps with others: a difference of such tables is again a sum of groups.
 *
 * A group is also held back where it would betray its parts. Its m parts that are not published have fewer than k each:
 * a sum above (k − 1)(m − 1) would mean that each of them has at least one, and (k − 1) m that each has k − 1. Within that
 * limit any single part can be everything from 0 to k − 1, so that the solver of an attacker who knows this rule, all
 * keys and all published groups finds no bound tighter than the rule itself. (Sums of suppressed cells and their feasible
 * intervals: Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, §6; attacks by the rule itself:
 * Wong et al., Minimality attack, VLDB 2007.) Cases that begin on the level itself, k or more of them, leave room for
 * everything.
 *
 * Time: linear in the groups of all levels.
 *
 * @param cases how many begin on each level under each key: with what is known of them
 * @returns groups with at least k cases; what is too small on the last level is in none
 */
export function publishGroups(cases: Iterable<CountedGroup>, levels: readonly GroupLevel[], k: number): CountedGroup[] {
  const own = levels.map(() => new Map<string, number>())
  for (const { level, key, count } of cases) {
    const counts = own[level]
    if (counts === undefined) throw new RangeError(`there is no level ${level}`)
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  const published: CountedGroup[] = []
  let carried = new Map<string, number>()
  let publishedParts = new Map<string, number>()
  for (const [level, { parentOf, childrenOf }] of levels.entries()) {
    const begun = own[level] ?? new Map<string, number>()
    const next = { carried: new Map<string, number>(), publishedParts: new Map<string, number>() }
    for (const key of new Set([...begun.keys(), ...carried.keys()])) {
      const ownCount = begun.get(key) ?? 0
      const fromBelow = carried.get(key) ?? 0
      const count = ownCount + fromBelow
      const parts = childrenOf(key) - (publishedParts.get(key) ?? 0) + (ownCount > 0 ? 1 : 0)
      const betrays = fromBelow > 0 && ownCount < k && count > (k - 1) * (parts - 1)
      const parent = parentOf(key)
      if (count >= k && !betrays) {
        published.push({ level, key, count })
        if (parent !== null) add(next.publishedParts, parent, 1)
      } else if (parent !== null) add(next.carried, parent, count)
    }
    // A parent is known to have published parts also where nothing is carried to it.
    ;({ carried, publishedParts } = next)
  }
  return published
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}
