import type { Voice } from '../domain/analysis.ts'

/** Reports by residents of one street, in order of time. */
export type Reports = {
  /** Area and type of each: indices. */
  area: ArrayLike<number>
  type: ArrayLike<number>
  /** Metres. */
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** Day on which it was reported, ascending, with fractions; on which the thing came up (NaN where unknown) and was settled
   * (Infinity while it is not). */
  reported: ArrayLike<number>
  happened: ArrayLike<number>
  settled: ArrayLike<number>
}

/** What several reports are about: one thing at one place. */
export type ReportedThing = {
  area: number
  type: number
  /** Reports after the first. */
  repeats: number
  /** Days after the first report in which others could have reported it as well. */
  exposure: number
  /** Days from when it came up to the first report; NaN where unknown. */
  delay: number
}

/** Reports of a type at most so many metres and days from the first one are about the same thing. */
export const sameThing = { distance: 60, days: 14 } as const

/**
 * Puts reports of the same thing together: of the same type, within `sameThing.distance` of the first report, while that is
 * no more than `sameThing.days` old and the thing is not settled. A report that fits several belongs to the earliest.
 *
 * @param asOf end of the data, as a day
 * @param from things whose first report is earlier are left out: reports before it serve to recognise those
 * @throws RangeError when the reports are not in order of time
 * O(reports · things open nearby).
 */
export function thingsOf(reports: Reports, asOf: number, from = -Infinity): ReportedThing[] {
  const things: (ReportedThing & { x: number; y: number; first: number; end: number })[] = []
  const open = new Map<string, number[]>()
  let before = -Infinity
  for (let i = 0; i < reports.reported.length; i++) {
    const [x, y, day, type] = [reports.x[i]!, reports.y[i]!, reports.reported[i]!, reports.type[i]!]
    if (!(day >= before)) throw new RangeError(`report ${i} is older than the one before it`)
    before = day
    const [column, row] = [Math.floor(x / sameThing.distance), Math.floor(y / sameThing.distance)]
    const near = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => open.get(`${type}/${column + dx}/${row + dy}`) ?? []),
    )
    const fits = near
      .toSorted((a, b) => a - b)
      .find((at) => day <= things[at]!.end && Math.hypot(things[at]!.x - x, things[at]!.y - y) <= sameThing.distance)
    if (fits !== undefined) {
      things[fits]!.repeats++
      continue
    }
    const end = Math.min(day + sameThing.days, reports.settled[i]!, asOf)
    const key = `${type}/${column}/${row}`
    open.set(key, [...(open.get(key) ?? []).filter((at) => things[at]!.end >= day), things.length])
    things.push({
      area: reports.area[i]!,
      type,
      repeats: 0,
      exposure: Math.max(0, end - day),
      delay: Math.max(0, day - reports.happened[i]!),
      x,
      y,
      first: day,
      end,
    })
  }
  return things
    .filter(({ first }) => first >= from)
    .map(({ area, type, repeats, exposure, delay }) => ({ area, type, repeats, exposure, delay }))
}

export type AreaVoice = {
  /** Things that were reported. */
  things: number
  /** Reports a day that a thing gets, of average type: the median, and the limits of 90 % of the posterior. */
  rate: number
  low: number
  high: number
  /** Share of the things that are reported at all while they last. */
  reportedShare: number
  /** Things there are, reported or not: of each type those reported, divided by its share. */
  estimated: number
  /** Probability that things are reported less than half as often as in the middle area. */
  probability: number
  voice: Voice
}

/** From which probability an area is called silent, and up to which heard; between them there is too little to say. */
const certain = { silent: 0.8, heard: 0.2 } as const
const halfAsOften = 0.5
const mostRounds = 40
/** ln of the rates that are considered, from one report in 27 years to 20 a day. */
const grid = { from: Math.log(1e-4), to: Math.log(20), steps: 240 } as const

/** Days after which a thing that nobody reported is over, unless something else is known. */
export const usualLength = 30

/**
 * How often residents of each area report what troubles them, from what was reported alone: where one thing is reported by
 * many and at once, hardly anything stays unsaid; where by one and late, much does. Reports of a thing are taken as a Poisson
 * process of rate λ that begins when it comes up. After the first report the rest of the process is seen whole, so that λ can
 * be estimated although things that nobody reported are not in the data (Liu, Bhandaram & Garg 2024, “Quantifying spatial
 * under-reporting disparities in resident crowdsourcing”, Nature Computational Science 4, 57–65):
 *
 *   repeats ~ Poisson(λ θ · exposure),  delay ~ Exponential(λ θ) cut at `lasts`,  ln λ of areas ~ Normal(μ, σ),
 *
 * θ for the type (noise is reported by more people than a lamp). μ and σ are estimated from all areas (empirical Bayes by
 * EM), so that an area with little data is like the others and called `unknown`, not silent. The share that is reported is
 * 1 − exp(−λ · lasts).
 *
 * What it cannot know is in docs/silent-areas.md.
 *
 * @param areas number of areas; `things` name them from 0
 * @param progress called after each round with the part that is done at most, from 0 to 1
 * @param lasts days after which a thing that nobody reported is over
 * @throws RangeError when `lasts` is no positive number
 *
 * O(areas · types · 240) in each of at most 40 rounds.
 */
export function voicesOf(
  things: readonly ReportedThing[],
  areas: number,
  lasts = usualLength,
  progress: (done: number) => void = () => {},
): AreaVoice[] {
  if (!(lasts > 0 && lasts < Infinity)) throw new RangeError(`a thing lasts a positive number of days, not ${lasts}`)
  const types = things.reduce((most, { type }) => Math.max(most, type + 1), 0)
  const sums = Array.from({ length: areas }, () => Array.from({ length: types }, () => emptySums()))
  for (const { area, type, repeats, exposure, delay } of things) {
    const sum = sums[area]![type]!
    sum.things++
    sum.events += repeats
    sum.days += exposure
    if (Number.isNaN(delay) || delay > lasts) continue
    sum.delays++
    sum.delayed += delay
  }
  // Most areas have things of a few types only.
  const present = sums.map((ofArea) =>
    ofArea.flatMap((sum, type) => (sum.days + sum.delays === 0 ? [] : [{ ...sum, type }])),
  )
  const factors = new Float64Array(types).fill(1)
  let prior = { mean: Math.log(0.1), deviation: 1 }
  let posteriors: Posterior[] = []
  for (let round = 0; round < mostRounds; round++) {
    const before = prior
    const terms = Array.from(factors, (factor) => termsOf(factor, lasts))
    posteriors = present.map((ofArea) => posteriorOf(ofArea, terms, prior))
    prior = nextPrior(posteriors)
    updateFactors(factors, sums, posteriors)
    progress((round + 1) / mostRounds)
    if (Math.abs(prior.mean - before.mean) + Math.abs(prior.deviation - before.deviation) < 1e-3) break
  }
  const middle = medianOf(posteriors.map(({ mean }) => mean))
  const limit = middle + Math.log(halfAsOften)
  return posteriors.map((posterior, area) => {
    const count = sums[area]!.reduce((sum, { things: some }) => sum + some, 0)
    const shareOf = (factor: number) =>
      posterior.expectation((logRate) => -Math.expm1(-Math.exp(logRate) * factor * lasts))
    const estimated = sums[area]!.reduce(
      (sum, { things: some }, type) => sum + (some > 0 ? some / shareOf(factors[type]!) : 0),
      0,
    )
    const probability = posterior.below(limit)
    return {
      things: count,
      rate: Math.exp(posterior.quantile(0.5)),
      low: Math.exp(posterior.quantile(0.05)),
      high: Math.exp(posterior.quantile(0.95)),
      reportedShare: count > 0 ? count / estimated : shareOf(1),
      estimated,
      probability,
      voice: probability >= certain.silent ? 'silent' : probability <= certain.heard && count > 0 ? 'heard' : 'unknown',
    }
  })
}

type Sums = { things: number; events: number; days: number; delays: number; delayed: number }

function emptySums(): Sums {
  return { things: 0, events: 0, days: 0, delays: 0, delayed: 0 }
}

const logRates = Float64Array.from(
  { length: grid.steps },
  (_, i) => grid.from + ((grid.to - grid.from) * i) / (grid.steps - 1),
)

/** Distribution of ln λ of an area on `logRates`. */
class Posterior {
  readonly #weights: Float64Array
  readonly mean: number

  constructor(logWeights: Float64Array) {
    const most = logWeights.reduce((a, b) => Math.max(a, b), -Infinity)
    const weights = logWeights.map((weight) => Math.exp(weight - most))
    const sum = weights.reduce((a, b) => a + b, 0)
    this.#weights = weights.map((weight) => weight / sum)
    this.mean = this.expectation((logRate) => logRate)
  }

  expectation(value: (logRate: number) => number): number {
    return this.#weights.reduce((sum, weight, i) => sum + weight * value(logRates[i]!), 0)
  }

  below(limit: number): number {
    return this.#weights.reduce((sum, weight, i) => sum + (logRates[i]! < limit ? weight : 0), 0)
  }

  quantile(probability: number): number {
    let sum = 0
    for (const [i, weight] of this.#weights.entries()) if ((sum += weight) >= probability) return logRates[i]!
    return grid.to
  }
}

const rates = logRates.map(Math.exp)

/** What the likelihood of a type has at each of `logRates`: rate, its logarithm, logarithm of the share that is reported. */
type Terms = Record<'rate' | 'logRate' | 'logShare', Float64Array>

function termsOf(factor: number, lasts: number): Terms {
  const rate = rates.map((own) => own * factor)
  return { rate, logRate: rate.map(Math.log), logShare: rate.map((own) => Math.log(-Math.expm1(-own * lasts))) }
}

function posteriorOf(
  present: readonly (Sums & { type: number })[],
  terms: readonly Terms[],
  prior: { mean: number; deviation: number },
): Posterior {
  const log = logRates.map((logRate) => -0.5 * ((logRate - prior.mean) / prior.deviation) ** 2)
  for (const { type, events, days, delays, delayed } of present) {
    const { rate, logRate, logShare } = terms[type]!
    for (let at = 0; at < log.length; at++)
      log[at]! += (events + delays) * logRate[at]! - rate[at]! * (days + delayed) - delays * logShare[at]!
  }
  return new Posterior(log)
}

function nextPrior(posteriors: readonly Posterior[]): { mean: number; deviation: number } {
  const mean = posteriors.reduce((sum, posterior) => sum + posterior.mean, 0) / posteriors.length
  const variance =
    posteriors.reduce((sum, posterior) => sum + posterior.expectation((logRate) => (logRate - mean) ** 2), 0) /
    posteriors.length
  // Areas that are all alike would otherwise never be told apart again.
  return { mean, deviation: Math.max(0.2, Math.sqrt(variance)) }
}

/** Sets the types' factors to reports that came / reports that the areas' rates lead one to expect; their mean is 1. */
function updateFactors(
  factors: Float64Array,
  sums: readonly (readonly Sums[])[],
  posteriors: readonly Posterior[],
): void {
  const rates = posteriors.map(({ mean }) => Math.exp(mean))
  let [weighted, all] = [0, 0]
  for (let type = 0; type < factors.length; type++) {
    let [came, expected] = [1, 1]
    for (const [area, ofArea] of sums.entries()) {
      came += ofArea[type]!.events
      expected += rates[area]! * ofArea[type]!.days
    }
    factors[type] = came / expected
    const weight = sums.reduce((sum, ofArea) => sum + ofArea[type]!.things, 0)
    weighted += weight * Math.log(factors[type]!)
    all += weight
  }
  for (let type = 0; type < factors.length; type++) factors[type]! /= Math.exp(weighted / Math.max(1, all))
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}
