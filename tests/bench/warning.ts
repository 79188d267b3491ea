import {
  accuracyOf,
  forecastOf,
  hitRateAt,
  perGround,
  plainMethods,
  plainScores,
  truths,
  type Scores,
} from '@minqing/data/stats/backtest'
import { warnEarly, warningThreshold } from '@minqing/data/stats/early-warning'
import { totalsOf } from '@minqing/data/stats/weekly-counts'
import type { Figure } from './figure.ts'
import { plantedWeeks, type PlantedWeeks } from './planted-weeks.ts'
import { hasR, runR } from './r-peer.ts'

/** The model was tuned on the seeds 101 to 110. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
/** Three years and a month to learn from, as Farrington's method needs for b = 3 and w = 3; a year that is judged. */
const [history, judged] = [160, 52]
const rates = [0.005, 0.01, 0.02] as const
/** Of false alarms: the one that is compared and claimed, also that of the default threshold. */
const rate = 0.01

type Result = {
  /** By method, at each of `rates`. */
  hitRates: Map<string, number[]>
  /** By method that forecasts the next week: PAI and PEI. */
  accuracy: Map<string, [accuracyIndex: number, efficiencyIndex: number]>
  falseAlarms: number
  hitsAtThreshold: number
  clusters: number
  found: number
  /** Weeks from a cluster's first week with three incidents to its first warning. */
  delays: number[]
}

/** Early warnings on the planted clusters of ten streets against what is commonly done, at the same rate of false alarms. */
export function measureWarnings(scratch: string): Figure[] {
  const withPeer = hasR('surveillance')
  if (!withPeer)
    process.stdout.write('没有 R 的 surveillance，略去 farringtonFlexible · No surveillance of R: left out\n')
  const results = seeds.map((seed) => measureSeed(seed, withPeer ? scratch : null))
  const methods = [...results[0]!.hitRates.keys()]
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const hits = (method: string, at: number) => mean(results.map(({ hitRates }) => hitRates.get(method)![at]!))
  const at = rates.indexOf(rate)
  const others = methods.filter((method) => method !== 'warning')
  const best = others.toSorted((a, b) => hits(b, at) - hits(a, at))[0]!
  const accuracies = [...results[0]!.accuracy.keys()].map((method) => [
    method,
    ([0, 1] as const).map((i) => mean(results.map(({ accuracy }) => accuracy.get(method)![i])).toFixed(2)).join(' / '),
  ])
  const index = (method: string) => mean(results.map(({ accuracy }) => accuracy.get(method)![0]))
  const bestForecast = plainMethods.toSorted((a, b) => index(b) - index(a))[0]!
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`
  const listed = (at: number) => methods.map((method) => `${method} ${percent(hits(method, at))}`).join(', ')
  const found = results.reduce((sum, result) => sum + result.found, 0)
  const clusters = results.reduce((sum, result) => sum + result.clusters, 0)
  const delays = results.flatMap((result) => result.delays)
  return [
    {
      claim: {
        zh: '预警在误报率 1 % 时的命中率，比最好的其他做法高多少',
        en: 'hit rate of the early warning at 1 % false alarms, above that of the best other method',
      },
      value: 100 * (hits('warning', at) - hits(best, at)),
      unit: ' 百分点 · points',
      limit: { atLeast: 0 },
      measured: { best, ...Object.fromEntries(rates.map((one, i) => [`hit rates at ${percent(one)}`, listed(i)])) },
    },
    {
      claim: {
        zh: '按 1 % 设定的预警，实际误报率',
        en: 'false alarms of warnings set to 1 %',
      },
      value: 100 * mean(results.map(({ falseAlarms }) => falseAlarms)),
      unit: ' %',
      limit: { atMost: 2 },
      measured: {
        'hit rate': percent(mean(results.map(({ hitsAtThreshold }) => hitsAtThreshold))),
        'clusters warned about': `${found} of ${clusters}`,
        'in their first week': delays.filter((delay) => delay === 0).length,
        'in their second week': delays.filter((delay) => delay === 1).length,
      },
    },
    {
      claim: {
        zh: '下周预测的准确度指数（PAI，5 % 的面积），与最好的其他做法之比',
        en: 'predictive accuracy index (5 % of the ground) of the forecast, against the best plain method',
      },
      value: index('warning') / index(bestForecast),
      unit: ' ×',
      limit: { atLeast: 1 },
      measured: { best: bestForecast, ...Object.fromEntries(accuracies) },
    },
  ]
}

function measureSeed(seed: number, scratch: string | null): Result {
  const street = plantedWeeks(seed, history + judged)
  const { series, neighbours, truth, sizes } = street
  const warning = warnEarly(series, neighbours, { from: history })
  const isJudged = history * series.areas
  const whole = new Float64Array(series.weeks * series.areas).fill(Number.NaN)
  whole.set(warning.score, isJudged)
  const scores = new Map<string, Scores>([['warning', whole]])
  for (const method of plainMethods) scores.set(method, plainScores(series, method, street))
  if (scratch !== null) for (const [method, score] of farrington(street, scratch)) scores.set(method, score)
  const accuracy: Result['accuracy'] = new Map()
  const measure = (method: string, score: Scores) => {
    const { accuracyIndex, efficiencyIndex } = accuracyOf(series, score, sizes, { from: history })
    accuracy.set(method, [accuracyIndex, efficiencyIndex])
  }
  measure('warning', perGround(forecastOf(series, warning), sizes))
  for (const method of plainMethods) {
    const score = scores.get(method)!
    measure(method, method.endsWith('Rise') || method === 'density' ? score : perGround(score, sizes))
  }
  return {
    hitRates: new Map(
      [...scores].map(([method, score]) => [
        method,
        rates.map((one) => hitRateAt(score.subarray(isJudged), truth.subarray(isJudged), one)),
      ]),
    ),
    accuracy,
    ...atThreshold(street, whole, warningThreshold(warning, neighbours, { rate, seed })),
  }
}

/** What the warnings of the default threshold come to. */
function atThreshold({ series, truth, cluster }: PlantedWeeks, scores: Scores, threshold: number) {
  const counts = { calm: 0, false: 0, events: 0, hits: 0 }
  const first = new Map<number, number>()
  const warned = new Map<number, number>()
  for (let week = history; week < series.weeks; week++)
    for (let area = 0; area < series.areas; area++) {
      const cell = week * series.areas + area
      const isWarned = scores[cell]! >= threshold
      if (truth[cell] === truths.nothing) {
        counts.calm++
        counts.false += Number(isWarned)
      }
      if (truth[cell] !== truths.something) continue
      counts.events++
      counts.hits += Number(isWarned)
      const id = cluster[cell]!
      if (!first.has(id)) first.set(id, week)
      if (isWarned && !warned.has(id)) warned.set(id, week)
    }
  return {
    falseAlarms: counts.false / counts.calm,
    hitsAtThreshold: counts.hits / counts.events,
    clusters: first.size,
    found: warned.size,
    delays: [...warned].map(([id, week]) => week - first.get(id)!),
  }
}

/**
 * farringtonFlexible of R's surveillance on each grid's series, as Noufaily et al. (2013) set it: b = 3, w = 3, ten periods,
 * trend, the last 26 weeks left out, negative binomial bounds. Once by its exceedance (y − μ) / (U − μ), which its alarms
 * follow from, and once by its p value, which has fewer ties.
 */
function farrington({ series }: PlantedWeeks, scratch: string): [method: string, scores: Scores][] {
  const { areas, weeks } = series
  const totals = totalsOf(series)
  const script = `
    suppressMessages(library(surveillance))
    y <- matrix(totals, ncol = ${areas}, byrow = TRUE)
    dates <- as.Date("2026-11-16") - 7 * (${weeks - 1}:0)
    control <- list(range = ${history + 1}:${weeks}, b = 3, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26,
      thresholdMethod = "nbPlugin", alpha = 0.01, trend = TRUE, pThresholdTrend = 1, limit54 = c(0, 4), glmWarnings = FALSE)
    one <- function(area) {
      s <- sts(observed = y[, area], epoch = as.numeric(dates), epochAsDate = TRUE, frequency = 52, start = c(2022, 45))
      r <- suppressWarnings(farringtonFlexible(s, control))
      scores <- c(r@control$score, -r@control$pvalue)
      scores[!is.finite(scores)] <- -1
      scores
    }
    scores <- simplify2array(parallel::mclapply(1:${areas}, one, mc.cores = 2))
    answer(as.vector(t(scores)))`
  const answered = runR(scratch, script, { totals }, 1_800_000)
  return ['farringtonFlexible', 'farringtonFlexible by p'].map((method, at) => {
    const scores = new Float64Array(weeks * areas).fill(Number.NaN)
    scores.set(answered.slice(at * judged * areas, (at + 1) * judged * areas), history * areas)
    return [method, scores]
  })
}
