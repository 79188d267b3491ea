import { fitSize, gammaBelow } from './negative-binomial.ts'

/** How unevenly incidents are spread over places. All shares are in [0, 1]. */
export type Concentration = {
  places: number
  incidents: number
  /** The Gini coefficient; NaN without incidents. */
  gini: number
  /** Generalised for fewer incidents than places: 0 when they are spread as evenly as whole incidents can be. */
  adjustedGini: number
  /** Share of the incidents at the most affected 5 % of the places. */
  topShare: number
  /** What that share would be if every incident had fallen on a place at random. */
  topShareByChance: number
  /** The share of what lies behind the counts: of the incidents of a time so long that chance does not matter. */
  topShareOfRates: number
  /** Smallest share of the places that has half of the incidents. */
  placesWithHalf: number
}

/** The places that are meant by “the most affected”. */
const top = 0.05

/**
 * Concentration of incidents at places, with what small counts do to it.
 *
 * - Gini: G = (2 Σ i yᵢ / Σ yᵢ − n − 1) / n, yᵢ ascending, i from 1.
 * - Adjusted: G′ = max(n / c, 1) (G − 1) + 1 for c incidents at n places (Bernasco & Steenbeek 2017, “More Places than
 *   Crimes”, Journal of Quantitative Criminology 33, 451–467). With c < n most places must have none, and G is at least
 *   1 − c / n whatever the place.
 * - By chance: the share that the top places of a Poisson distribution of the same mean have.
 * - Of the rates: counts are Poisson around rates that have a gamma distribution; its shape is estimated by maximum
 *   likelihood, and the share is that of the gamma distribution itself (Mohler, Brantingham, Carter & Short 2019, “Reducing
 *   Bias in Estimates for the Law of Crime Concentration”, Journal of Quantitative Criminology 35, 747–765). 5 % where the
 *   counts vary no more than Poisson.
 *
 * @param counts incidents at each place, places without any included: whole numbers
 * @throws RangeError for a count that is no whole number ≥ 0
 *
 * O(places · log places).
 */
export function concentrationOf(counts: ArrayLike<number>): Concentration {
  const descending = descendingCounts(counts)
  const places = descending.length
  const incidents = descending.reduce((sum, count) => sum + count, 0)
  if (incidents === 0) {
    const none = Number.NaN
    return {
      places,
      incidents,
      gini: none,
      adjustedGini: none,
      topShare: none,
      topShareByChance: none,
      topShareOfRates: none,
      placesWithHalf: none,
    }
  }
  let ranked = 0
  for (let i = 0; i < places; i++) ranked += (places - i) * descending[i]!
  const gini = ((2 * ranked) / incidents - places - 1) / places
  const size = fitSize(
    descending,
    descending.map(() => incidents / places),
  )
  return {
    places,
    incidents,
    gini,
    adjustedGini: Math.max(places / incidents, 1) * (gini - 1) + 1,
    topShare: shareOfFirst(descending, top * places) / incidents,
    topShareByChance: poissonTopShare(incidents / places),
    topShareOfRates: size === Infinity ? top : gammaTopShare(size),
    placesWithHalf: placesFor(descending, incidents / 2) / places,
  }
}

/**
 * The curve of concentration: `incidents[k]` is the share of the incidents at the share `places[k]` of the places, most
 * affected first, from (0, 0) to (1, 1). It is the Lorenz curve seen from its other end. One point for each different
 * count; between them it is straight. Empty without incidents.
 *
 * @throws RangeError for a count that is no whole number ≥ 0
 */
export function concentrationCurve(counts: ArrayLike<number>): { places: Float64Array; incidents: Float64Array } {
  const descending = descendingCounts(counts)
  const all = descending.reduce((sum, count) => sum + count, 0)
  const ends = all === 0 ? [] : [...descending.keys()].filter((i) => descending[i] !== descending[i + 1])
  const places = new Float64Array(all === 0 ? 0 : ends.length + 1)
  const incidents = new Float64Array(places.length)
  let sum = 0
  let from = 0
  for (const [k, end] of ends.entries()) {
    sum += (end + 1 - from) * descending[end]!
    from = end + 1
    places[k + 1] = (end + 1) / descending.length
    incidents[k + 1] = sum / all
  }
  return { places, incidents }
}

function descendingCounts(counts: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(counts).sort((a, b) => b - a)
  for (const count of sorted)
    if (!(Number.isInteger(count) && count >= 0)) throw new RangeError(`${count} is no number of incidents`)
  return sorted
}

/** Incidents of the first places, a fraction of a place with its fraction of the incidents. */
function shareOfFirst(descending: Float64Array, places: number): number {
  let sum = 0
  for (let i = 0; i < places; i++) sum += descending[i]! * Math.min(1, places - i)
  return sum
}

function placesFor(descending: Float64Array, incidents: number): number {
  let rest = incidents
  for (const [i, count] of descending.entries()) {
    if (count >= rest) return i + rest / count
    rest -= count
  }
  return descending.length
}

/** E(Y; Y among the highest 5 %) / E(Y) for Poisson, the count at the border with the part of it that is needed. */
function poissonTopShare(mean: number): number {
  let below = 0
  let incidentsBelow = 0
  let probability = Math.exp(-mean)
  // Of a large mean e^−mean is 0, and its square root is far below the mean: the share is that of the places.
  if (probability === 0) return top * (1 + 2.0627 / Math.sqrt(mean))
  for (let count = 0; ; count++) {
    if (below + probability >= 1 - top) return 1 - (incidentsBelow + count * (1 - top - below)) / mean
    below += probability
    incidentsBelow += count * probability
    probability *= mean / (count + 1)
  }
}

/** For a gamma distribution of this shape, E(X; X > x) / E(X) = 1 − P(shape + 1, x) at the x that 5 % exceed. */
function gammaTopShare(shape: number): number {
  let [low, high] = [0, shape + 50 * Math.sqrt(shape) + 50]
  for (let round = 0; round < 200 && high - low > 1e-13 * high; round++) {
    const middle = (low + high) / 2
    if (gammaBelow(shape, middle) < 1 - top) low = middle
    else high = middle
  }
  return 1 - gammaBelow(shape + 1, (low + high) / 2)
}
