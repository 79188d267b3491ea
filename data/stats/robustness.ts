/** What is varied: the bandwidth of the method, or the unit that incidents are counted in. */
export const variations = ['bandwidth', 'unit'] as const
export type Variation = (typeof variations)[number]

/** The same question asked with another bandwidth or unit. */
export type Alternative = {
  varied: Variation
  /** As it is shown: `300 m`, `hexagons`. */
  name: string
  /** Places that lie in any of its significant hot spots: indices into `weights`. */
  places: ArrayLike<number>
}

/** How far a hot spot can be relied on. */
export const robustnessBadges = ['robust', 'partial', 'fragile'] as const
export type RobustnessBadge = (typeof robustnessBadges)[number]

export type Robustness = {
  /** Alternatives in which the hot spot survives, and all of them, of each kind. */
  survived: Record<Variation, { of: number; count: number }>
  /** For each alternative, in order: the share of the hot spot that lies in its hot spots, and whether that is survival. */
  alternatives: { covered: number; survives: boolean }[]
  /** Null with fewer than three alternatives: too few to say. */
  badge: RobustnessBadge | null
}

/** Half of the hot spot must be found again, and at least twice the share that chance would find. */
const survival = { covered: 0.5, lift: 2 } as const
/** Shares of the alternatives of each kind. */
const badgeFrom = { robust: 0.8, partial: 0.5 } as const
const fewest = 3

/**
 * Whether hot spots survive other bandwidths and other units. Results by areas and by cells are compared by what both are
 * made of: places (buildings, or points of incidents) that lie in them. Cells and areas that are drawn otherwise give other
 * hot spots from the same incidents (the modifiable areal unit problem: Openshaw 1984, CATMOG 38), and only what does not
 * depend on it should be acted on.
 *
 * A hot spot survives an alternative when at least half of its weight lies in the alternative's hot spots, and that is at
 * least twice the share of all weight that they hold: one that marks nearly everything confirms nothing.
 *
 * The badge is of the kind of variation that does worse: `robust` from 80 % of the alternatives, `partial` from 50 %, else
 * `fragile`.
 *
 * @param hotSpots the places of each hot spot: indices into `weights`, without repetition
 * @param weights of each place, usually its incidents; ≥ 0
 * @throws RangeError for a place without a weight
 *
 * O(places · alternatives).
 */
export function robustnessOf(
  hotSpots: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
  alternatives: readonly Alternative[],
): Robustness[] {
  const all = weightOf(
    Array.from({ length: weights.length }, (_, place) => place),
    weights,
  )
  const marked = alternatives.map(({ places, varied }) => {
    const inside = new Uint8Array(weights.length)
    for (let i = 0; i < places.length; i++) inside[places[i]!] = 1
    return { varied, inside, share: weightOf(places, weights) / all }
  })
  return hotSpots.map((places) => {
    const whole = weightOf(places, weights)
    const found = marked.map(({ inside, share }) => {
      const covered =
        whole === 0
          ? 0
          : weightOf(
              Array.from(places).filter((place) => inside[place] === 1),
              weights,
            ) / whole
      return { covered, survives: covered >= survival.covered && covered >= survival.lift * share }
    })
    const survivedOf = (kind: Variation) => {
      const these = found.filter((_, i) => marked[i]!.varied === kind)
      return { of: these.length, count: these.filter(({ survives }) => survives).length }
    }
    const survived = { bandwidth: survivedOf('bandwidth'), unit: survivedOf('unit') }
    return { survived, alternatives: found, badge: badgeOf(survived) }
  })
}

function badgeOf(survived: Robustness['survived']): RobustnessBadge | null {
  const kinds = variations.map((kind) => survived[kind]).filter(({ of }) => of > 0)
  if (kinds.reduce((sum, { of }) => sum + of, 0) < fewest) return null
  const worst = Math.min(...kinds.map(({ of, count }) => count / of))
  return worst >= badgeFrom.robust ? 'robust' : worst >= badgeFrom.partial ? 'partial' : 'fragile'
}

function weightOf(places: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < places.length; i++) {
    const weight = weights[places[i]!]
    if (weight === undefined) throw new RangeError(`there is no place ${places[i]}; there are ${weights.length}`)
    sum += weight
  }
  return sum
}
