import { areaCount, type Neighbours } from './neighbours.ts'
import type { WeeklyCounts } from './weekly-counts.ts'

/** How quickly the past is forgotten, in weeks after which it counts half, and how strongly estimates are shrunk. */
const model = {
  /** Of an area's share of a type: long enough for small counts, short enough to follow a district that is rebuilt. */
  shareHalfLife: 39,
  /** Of a type's weekly level in the whole street. */
  levelHalfLife: 8,
  /** Incidents that an area's share of a type is worth before any is known: by then it is its share of all types. */
  typePrior: 10,
  /** The same for its share of all types: by then all areas are alike. */
  areaPrior: 20,
  /** Coefficient of variation of a week's true level around the level of the weeks before. */
  levelVariation: 0.2,
  /** Incidents that it takes to move the level of all types together halfway. */
  commonPrior: 5,
  /** Counts are cut at so many standard deviations above what was expected: a rise must not become the norm. */
  cutAt: 3,
} as const

/**
 * What each area of a street is expected to have in a week, by type: its share of the type in the past × the type's level
 * in the street this week.
 *
 * - Share: (Sₐₖ + m pₐ) / (Tₖ + m) from decayed counts of the area and of the street, shrunk towards the area's share of
 *   all types pₐ, which is itself shrunk towards that of all areas being alike: a Dirichlet-multinomial posterior mean.
 * - Level: the posterior mean of a gamma distribution with the mean of recent weeks, after this week's incidents of the
 *   areas that are neither this area nor its neighbours, first of all types together, then of the type. So a season, a festival or a campaign that is felt in the whole
 *   street is expected in each area, without a model of the calendar, and a rise next door is not.
 *
 * Counts are cut before they are learned from, as Farrington et al. (1996) give past outbreaks less weight: an area that has risen
 * once would otherwise be expected to rise.
 *
 * `expect` and `learn` are called for one week after the other. O(areas · types + neighbours · types) a week.
 */
export class AreaExpectation {
  readonly #areas: number
  readonly #types: number
  readonly #neighbours: Neighbours
  readonly #ofType: Float64Array
  readonly #ofArea: Float64Array
  readonly #street: Float64Array
  readonly #level: Float64Array
  #all = 0
  #weeks = 0
  /** Sums by which counts exceed Poisson, and of squared means: their ratio is the overdispersion. */
  #excess = 0
  #squares = 0
  /** The same by type, and of means: half of their ratio is the share of incidents that another of the type follows. */
  #typeExcess = 0
  #means = 0
  /** Incidents by area and type that are expected in the week last asked for. */
  readonly expected: Float64Array
  /** Relative variance of each of them because shares and levels are only estimated. */
  readonly #uncertainty: Float64Array

  /** @throws RangeError when the neighbours are not of these areas */
  constructor({ areas, types }: Pick<WeeklyCounts, 'areas' | 'types'>, neighbours: Neighbours) {
    if (areaCount(neighbours) !== areas)
      throw new RangeError(`neighbours of ${areaCount(neighbours)} areas for counts of ${areas}`)
    this.#areas = areas
    this.#types = types
    this.#neighbours = neighbours
    this.#ofType = new Float64Array(areas * types)
    this.#ofArea = new Float64Array(areas)
    this.#street = new Float64Array(types)
    this.#level = new Float64Array(types)
    this.expected = new Float64Array(areas * types)
    this.#uncertainty = new Float64Array(areas * types)
  }

  /** Computes `expected` for a week from its counts by area and type and from the weeks that were learned. */
  expect(counts: ArrayLike<number>): void {
    const [areas, types] = [this.#areas, this.#types]
    const { offsets, indices } = this.#neighbours
    const before = Float64Array.from(this.#level, (level) => (level + 0.3) / (this.#weeks + 0.3))
    const shares = new Float64Array(areas * types)
    for (let index = 0; index < shares.length; index++)
      shares[index] = this.#shareOf(Math.floor(index / types), index % types)
    // A rise in one area is no season of the street.
    const cut = shares.map((share, index) => cutCount(counts[index]!, share * before[index % types]!))
    const street = sumsByType(cut, areas, types)
    const shape = 1 / model.levelVariation ** 2
    const elsewhere = new Float64Array(types)
    const exposure = new Float64Array(types)
    for (let area = 0; area < areas; area++) {
      elsewhere.set(street)
      exposure.fill(1)
      const leaveOut = (other: number) => {
        for (let type = 0; type < types; type++) {
          elsewhere[type]! -= cut[other * types + type]!
          exposure[type]! -= shares[other * types + type]!
        }
      }
      leaveOut(area)
      for (let at = offsets[area]!; at < offsets[area + 1]!; at++) leaveOut(indices[at]!)
      // First the level of all types together, of which more is known, then each type's own around it.
      let [came, usual] = [model.commonPrior, model.commonPrior]
      for (let type = 0; type < types; type++) {
        came += elsewhere[type]!
        usual += before[type]! * Math.max(exposure[type]!, 0)
      }
      const common = this.#weeks > 0 ? came / usual : 1
      for (let type = 0; type < types; type++) {
        const index = area * types + type
        const mean = this.#weeks > 0 ? before[type]! * common : street[type]! + 0.1
        const level = (shape + elsewhere[type]!) / (shape / mean + Math.max(exposure[type]!, 0))
        this.expected[index] = shares[index]! * level
        this.#uncertainty[index] =
          1 / (this.#ofType[index]! + model.typePrior * this.#areaShare(area)) + 1 / (shape + elsewhere[type]!)
      }
    }
  }

  #areaShare(area: number): number {
    return (this.#ofArea[area]! + model.areaPrior / this.#areas) / (this.#all + model.areaPrior)
  }

  #shareOf(area: number, type: number): number {
    const areaShare = this.#areaShare(area)
    return (
      (this.#ofType[area * this.#types + type]! + model.typePrior * areaShare) / (this.#street[type]! + model.typePrior)
    )
  }

  /** Mean and size of the negative binomial distribution of an area's incidents of all types in the week last asked for. */
  distributionOf(area: number): { mean: number; size: number } {
    let mean = 0
    let variance = 0
    for (let index = area * this.#types; index < (area + 1) * this.#types; index++) {
      mean += this.expected[index]!
      variance += this.expected[index]! ** 2 * this.#uncertainty[index]!
    }
    variance += this.overdispersion * mean * mean
    return { mean, size: variance > 0 ? (mean * mean) / variance : Infinity }
  }

  /** Variance of counts beyond Poisson, as a share of the squared mean; 0 where they vary less. */
  get overdispersion(): number {
    return this.#squares > 0 ? Math.max(0, this.#excess / this.#squares) : 0
  }

  /**
   * Share of incidents that are followed by another of the same type in the same area, in [0, 0.5]: a Poisson process in
   * which each brings q more has a variance of about 1 + 2q times its mean.
   */
  get repeats(): number {
    return this.#means > 0 ? Math.min(0.5, Math.max(0, this.#typeExcess / this.#means / 2)) : 0
  }

  /** Adds the week that `expect` was last asked for to what is known. */
  learn(counts: ArrayLike<number>): void {
    const [areas, types] = [this.#areas, this.#types]
    const shareDecay = 0.5 ** (1 / model.shareHalfLife)
    const levelDecay = 0.5 ** (1 / model.levelHalfLife)
    scale(this.#ofType, shareDecay)
    scale(this.#ofArea, shareDecay)
    scale(this.#street, shareDecay)
    scale(this.#level, levelDecay)
    this.#all *= shareDecay
    this.#excess *= shareDecay
    this.#squares *= shareDecay
    this.#typeExcess *= shareDecay
    this.#means *= shareDecay
    // Of the first weeks nothing was known that they could be compared with.
    const isCut = this.#weeks > 2
    this.#weeks = this.#weeks * levelDecay + 1
    for (let area = 0; area < areas; area++) {
      let observed = 0
      let mean = 0
      for (let type = 0; type < types; type++) {
        const index = area * types + type
        const expected = this.expected[index]!
        const count = isCut ? cutCount(counts[index]!, expected) : counts[index]!
        this.#ofType[index]! += count
        this.#ofArea[area]! += count
        this.#street[type]! += count
        this.#level[type]! += count
        this.#all += count
        observed += count
        mean += expected
        if (!isCut) continue
        // Two are what a repeat looks like.
        this.#typeExcess += (Math.max(count, Math.min(counts[index]!, 2)) - expected) ** 2 - expected
        this.#means += expected
      }
      if (!isCut) continue
      this.#excess += (observed - mean) ** 2 - mean
      this.#squares += mean * mean
    }
  }
}

/** One incident is never cut: where few are expected they would all be. */
function cutCount(count: number, expected: number): number {
  return Math.min(count, Math.max(1, expected + model.cutAt * Math.sqrt(expected + 0.05)))
}

function sumsByType(counts: ArrayLike<number>, areas: number, types: number): Float64Array {
  const sums = new Float64Array(types)
  for (let index = 0; index < areas * types; index++) sums[index % types]! += counts[index]!
  return sums
}

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor
}
