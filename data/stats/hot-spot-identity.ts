import type { Transition } from '../domain/analysis-passport.ts'

/** The hot spots of one period: each the cells (or buildings, or areas) that it covers, in any order, at least one. */
export type HotSpotCells = readonly ArrayLike<number>[]

export type IdentifiedHotSpot = {
  /** Counted from 1 in the order in which hot spots first appear; never used again. */
  id: number
  /**
   * `new`: it overlaps none of the earlier ones; `continued`: it continues one, and nothing else does; `returned`: one that
   * had not been seen for some periods; `merged`: it has taken up others; `split`: it is one of several that one fell into.
   */
  transition: Transition
  /** Ids of all earlier hot spots that it overlaps enough, its own among them where it continues one; ascending. */
  from: number[]
  /** Period in which the id first appeared. */
  since: number
}

export type IdentifiedPeriod = {
  /** In the order of the period's hot spots. */
  hotSpots: IdentifiedHotSpot[]
  /** Ids of the period before that do not appear in this one, ascending. */
  gone: number[]
}

type Options = {
  /** Least overlap, in (0, 1]: cells in common as a share of the smaller of the two. */
  overlap?: number
  /** Periods for which a hot spot that is not seen is remembered; 0 forgets it at once. */
  memory?: number
}

type Remembered = { id: number; cells: Set<number>; seen: number; since: number }

/**
 * Gives hot spots of consecutive periods ids that stay. Two are linked where they have enough cells in common, relative to
 * the smaller one, so that a part is linked to its whole. Of linked pairs the one with the most cells in common passes on
 * its id first (then the larger Jaccard index, then the older id), each id to one hot spot and each hot spot one id. What
 * changed follows from the links, as in MONIC (Spiliopoulou, Ntoutsi, Theodoridis & Schult 2006, “MONIC: Modeling and
 * Monitoring Cluster Transitions”, KDD ’06, 706–711).
 *
 * Ids of a period depend on it and the periods before it alone: later periods can be added without changing any.
 *
 * @param periods hot spots of each period; those of one period should not overlap
 * @throws RangeError for a hot spot without cells, or an overlap or memory that is none
 *
 * O(cells + links · log links) a period.
 */
export function identifyHotSpots(
  periods: readonly HotSpotCells[],
  { overlap = 0.3, memory = 2 }: Options = {},
): IdentifiedPeriod[] {
  if (!(overlap > 0 && overlap <= 1)) throw new RangeError(`an overlap is in (0, 1], not ${overlap}`)
  if (!(Number.isInteger(memory) && memory >= 0)) throw new RangeError(`${memory} is no number of periods`)
  let remembered: Remembered[] = []
  let lastId = 0
  return periods.map((hotSpots, period) => {
    const sets = hotSpots.map((cells) => new Set(Array.from(cells)))
    if (sets.some(({ size }) => size === 0)) throw new RangeError(`a hot spot of period ${period} has no cells`)
    const links = linksBetween(remembered, sets, overlap)
    const heir = new Map<number, number>()
    const ancestor = new Map<number, Remembered>()
    for (const { before, now } of links)
      if (!heir.has(before.id) && !ancestor.has(now)) {
        heir.set(before.id, now)
        ancestor.set(now, before)
      }
    const identified = sets.map((_, now): IdentifiedHotSpot => {
      const from = links.filter((link) => link.now === now).map(({ before }) => before)
      const own = ancestor.get(now)
      const current = from.filter(({ seen }) => seen === period - 1)
      const isPart = current.some((before) => links.some((link) => link.before === before && link.now !== now))
      return {
        id: own?.id ?? ++lastId,
        transition: from.length === 0 ? 'new' : transitionOf(own, current, isPart),
        from: from.map(({ id }) => id).toSorted((a, b) => a - b),
        since: own?.since ?? period,
      }
    })
    const gone = remembered.filter(({ id, seen }) => seen === period - 1 && !heir.has(id)).map(({ id }) => id)
    remembered = [
      ...remembered.filter(({ id, seen }) => !heir.has(id) && period - seen <= memory),
      ...identified.map(({ id, since }, now) => ({ id, since, seen: period, cells: sets[now]! })),
    ]
    return { hotSpots: identified, gone: gone.toSorted((a, b) => a - b) }
  })
}

type Link = { before: Remembered; now: number; common: number; jaccard: number }

/** Pairs that overlap enough, those that pass on their ids first. One that is only remembered comes after all others. */
function linksBetween(remembered: readonly Remembered[], sets: readonly Set<number>[], overlap: number): Link[] {
  const spotsOf = new Map<number, number[]>()
  for (const [now, cells] of sets.entries())
    for (const cell of cells) spotsOf.set(cell, [...(spotsOf.get(cell) ?? []), now])
  const links: Link[] = []
  const last = Math.max(...remembered.map(({ seen }) => seen))
  for (const before of remembered) {
    const common = new Map<number, number>()
    for (const cell of before.cells)
      for (const now of spotsOf.get(cell) ?? []) common.set(now, (common.get(now) ?? 0) + 1)
    for (const [now, count] of common) {
      const [a, b] = [before.cells.size, sets[now]!.size]
      if (count / Math.min(a, b) >= overlap)
        links.push({ before, now, common: count, jaccard: count / (a + b - count) })
    }
  }
  const isCurrent = ({ before }: Link) => Number(before.seen === last)
  return links.toSorted(
    (a, b) =>
      isCurrent(b) - isCurrent(a) ||
      b.common - a.common ||
      b.jaccard - a.jaccard ||
      a.before.id - b.before.id ||
      a.now - b.now,
  )
}

/** @param current the linked hot spots of the period before */
function transitionOf(own: Remembered | undefined, current: readonly Remembered[], isPart: boolean): Transition {
  if (own !== undefined && current.length > 1) return 'merged'
  if (own === undefined || isPart) return 'split'
  return current.includes(own) ? 'continued' : 'returned'
}
