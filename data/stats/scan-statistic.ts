import { Random } from './random.ts'
import { caseDrawer, type ScanModel } from './scan-model.ts'
import { scanDistance, type ScanWindows } from './scan-windows.ts'

/**
 * Kulldorff's scan statistic: of all windows (circles, or cylinders over steps of time) the one whose cases are least
 * likely to be chance (Kulldorff 1997; space-time: Kulldorff et al. 1998, American Journal of Public Health 88(9), and
 * 2001, JRSS A 164(1)). Scanned for are high rates.
 *
 * Log likelihood ratio of a window with c cases, e of them expected, of C in all:
 * c ln(c / e) + (C − c) ln((C − c) / (C − e)) where c > e, else 0.
 */
export type ScanPeriods = {
  /** `any`: every run of steps (retrospective). `last`: runs up to the last step, that are still going on (prospective). */
  runs: 'any' | 'last'
  /** Longest run in steps; half of the steps is Kulldorff's and SaTScan's default. */
  longest: number
}

export type ScanCluster = {
  /** Area around which the window lies, and its areas by distance, the centre among them. */
  centre: number
  areas: Uint32Array
  /** To the farthest area, in the units of the places; metres for longitudes and latitudes. */
  radius: number
  /** Steps [from, to). */
  from: number
  to: number
  cases: number
  expected: number
  /** Rate inside by the rate outside: (c / e) / ((C − c) / (C − e)); infinite when all cases are inside. */
  relativeRisk: number
  logLikelihoodRatio: number
}

export type ScanOptions = {
  /** All steps, or one, by default. */
  periods?: ScanPeriods
  /** Fewest cases of a cluster, as in SaTScan. */
  fewestCases?: number
}

const fewestCasesByDefault = 2

export function logLikelihoodRatio(cases: number, expected: number, total: number): number {
  if (!(cases > expected)) return 0
  const outside = total - cases
  return cases * Math.log(cases / expected) + (outside > 0 ? outside * Math.log(outside / (total - expected)) : 0)
}

/**
 * The most likely cluster, and after it every further one whose areas are not in a more likely one.
 *
 * As in SaTScan, the likeliest window of each centre is a candidate, and none other of that centre. Of its criteria for
 * secondary clusters this is the strictest, “no geographical overlap”, its default; areas count as shared whatever the
 * times of the clusters. (The others are: no centre in another cluster, no centre in a more likely one, no centre in a
 * less likely one, no pair of centres each in the other's cluster, no restriction.)
 *
 * @throws RangeError when model and windows are not of the same areas, or the longest run is no number of steps
 *
 * O(windows × runs).
 */
export function findClusters(model: ScanModel, windows: ScanWindows, options: ScanOptions = {}): ScanCluster[] {
  const candidates = likeliestOfEachCentre(model, windows, options)
  candidates.sort((a, b) => b.logLikelihoodRatio - a.logLikelihoodRatio || a.centre - b.centre)
  const taken = new Uint8Array(model.areas)
  return candidates.flatMap((candidate) => {
    const areas = areasOf(windows, candidate)
    if (areas.some((area) => taken[area] === 1)) return []
    for (const area of areas) taken[area] = 1
    const { centre, from, to, cases, expected, logLikelihoodRatio } = candidate
    const outside = (model.total - cases) / (model.total - expected)
    const radius = scanDistance(windows, centre, areas.at(-1)!)
    return [
      {
        centre,
        areas,
        radius,
        from,
        to,
        cases,
        expected,
        relativeRisk: cases / expected / outside,
        logLikelihoodRatio,
      },
    ]
  })
}

/** `end` is the position in the centre's row up to which its window goes. */
type Candidate = {
  centre: number
  end: number
  from: number
  to: number
  cases: number
  expected: number
  logLikelihoodRatio: number
}

function areasOf({ offsets, members }: ScanWindows, { centre, end }: Candidate): Uint32Array {
  return Uint32Array.from(members.subarray(offsets[centre], end), (member) => member >> 1)
}

function likeliestOfEachCentre(model: ScanModel, windows: ScanWindows, options: ScanOptions): Candidate[] {
  checkFit(model, windows)
  const { steps, total } = model
  const { offsets, members } = windows
  const { runs, longest } = periodsOf(model, options)
  const fewest = options.fewestCases ?? fewestCasesByDefault
  const candidates: Candidate[] = []
  const [cases, expected] = [cumulativeRows(model.cases, steps), cumulativeRows(model.expected, steps)]
  const [casesTo, expectedTo] = [new Float64Array(steps + 1), new Float64Array(steps + 1)]
  for (let centre = 0; centre < model.areas; centre++) {
    casesTo.fill(0)
    expectedTo.fill(0)
    let best: Candidate | null = null
    for (let at = offsets[centre]!; at < offsets[centre + 1]!; at++) {
      const row = (members[at]! >> 1) * (steps + 1)
      for (let step = 1; step <= steps; step++) {
        casesTo[step]! += cases[row + step]!
        expectedTo[step]! += expected[row + step]!
      }
      if ((members[at]! & 1) === 0) continue
      for (let to = runs === 'any' ? 1 : steps; to <= steps; to++)
        for (let from = Math.max(0, to - longest); from < to; from++) {
          const inside = casesTo[to]! - casesTo[from]!
          if (inside < fewest) continue
          const awaited = expectedTo[to]! - expectedTo[from]!
          const ratio = logLikelihoodRatio(inside, awaited, total)
          if (ratio > (best?.logLikelihoodRatio ?? 0))
            best = { centre, end: at + 1, from, to, cases: inside, expected: awaited, logLikelihoodRatio: ratio }
        }
    }
    if (best !== null) candidates.push(best)
  }
  return candidates
}

/** Sums up to each step, of each area: `steps + 1` numbers, the first 0. */
function cumulativeRows(values: ArrayLike<number>, steps: number): Float64Array {
  const sums = new Float64Array((values.length / steps) * (steps + 1))
  for (let cell = 0; cell < values.length; cell++) {
    const at = Math.floor(cell / steps) * (steps + 1) + (cell % steps)
    sums[at + 1] = sums[at]! + values[cell]!
  }
  return sums
}

export type Replications = {
  seed: number
  /** [from, to): a range of replications by number, so that workers share them; the first is 0. */
  from: number
  to: number
  /** Called after each with how many of the range are done; what it throws ends the work. */
  progress?: (done: number) => void
}

/**
 * Largest log likelihood ratio of each replication of the range under the hypothesis that nothing clusters. Joined in
 * the order of the ranges they are the same however the replications are divided.
 *
 * For a number of cases the ratio falls with what is expected. So the least expected of each number is found over all
 * windows, and the logarithm is taken once for each number of cases and not for each window.
 *
 * @throws RangeError as `findClusters` does
 *
 * O(windows × runs) for each replication.
 */
export function replicateMaxima(
  model: ScanModel,
  windows: ScanWindows,
  { seed, from, to, progress }: Replications,
  options: ScanOptions = {},
): Float64Array {
  checkFit(model, windows)
  const periods = periodsOf(model, options)
  const fewest = options.fewestCases ?? fewestCasesByDefault
  const draw = caseDrawer(model)
  const drawn = new Uint32Array(model.cases.length)
  const least = new Float64Array(model.total + 1)
  const maxima = new Float64Array(to - from)
  const expected = model.steps === 1 ? model.expected : cumulativeRows(model.expected, model.steps)
  for (let replication = from; replication < to; replication++) {
    draw(new Random(seed, 'scan statistic', replication), drawn)
    least.fill(Infinity)
    if (model.steps === 1) leastInCircles(windows, drawn, expected, least)
    else leastInCylinders(windows, cumulativeRows(drawn, model.steps), expected, model.steps, periods, least)
    let largest = 0
    for (let cases = fewest; cases <= model.total; cases++)
      if (least[cases]! < cases) largest = Math.max(largest, logLikelihoodRatio(cases, least[cases]!, model.total))
    maxima[replication - from] = largest
    progress?.(replication - from + 1)
  }
  return maxima
}

/** Least expected of the windows that hold each number of cases; infinite for numbers that none holds. */
function leastInCircles(
  { offsets, members }: ScanWindows,
  cases: Uint32Array,
  expected: Float64Array,
  least: Float64Array,
): void {
  for (let centre = 0; centre + 1 < offsets.length; centre++) {
    const end = offsets[centre + 1]!
    let inside = 0
    let awaited = 0
    for (let at = offsets[centre]!; at < end; at++) {
      const member = members[at]!
      inside += cases[member >> 1]!
      awaited += expected[member >> 1]!
      if ((member & 1) === 1 && awaited < least[inside]!) least[inside] = awaited
    }
  }
}

function leastInCylinders(
  { offsets, members }: ScanWindows,
  cases: Float64Array,
  expected: Float64Array,
  steps: number,
  { runs, longest }: ScanPeriods,
  least: Float64Array,
): void {
  const [casesTo, expectedTo] = [new Int32Array(steps + 1), new Float64Array(steps + 1)]
  const firstTo = runs === 'any' ? 1 : steps
  for (let centre = 0; centre + 1 < offsets.length; centre++) {
    casesTo.fill(0)
    expectedTo.fill(0)
    const end = offsets[centre + 1]!
    for (let at = offsets[centre]!; at < end; at++) {
      const member = members[at]!
      const row = (member >> 1) * (steps + 1)
      for (let step = 1; step <= steps; step++) {
        casesTo[step]! += cases[row + step]!
        expectedTo[step]! += expected[row + step]!
      }
      if ((member & 1) === 0) continue
      for (let to = firstTo; to <= steps; to++) {
        const [allCases, allExpected] = [casesTo[to]!, expectedTo[to]!]
        for (let from = Math.max(0, to - longest); from < to; from++) {
          const awaited = allExpected - expectedTo[from]!
          const inside = allCases - casesTo[from]!
          if (awaited < least[inside]!) least[inside] = awaited
        }
      }
    }
  }
}

function periodsOf({ steps }: ScanModel, { periods }: ScanOptions): ScanPeriods {
  const { runs, longest } = periods ?? { runs: 'any', longest: steps === 1 ? 1 : Math.floor(steps / 2) }
  if (!(Number.isInteger(longest) && longest >= 1 && longest <= steps))
    throw new RangeError(`runs of up to ${longest} of ${steps} steps`)
  return { runs, longest }
}

function checkFit(model: ScanModel, windows: ScanWindows): void {
  if (model.areas !== windows.areas)
    throw new RangeError(`cases in ${model.areas} areas and windows around ${windows.areas}`)
}
