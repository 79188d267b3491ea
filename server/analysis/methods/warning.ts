import type { AnalysisBacktest, AnalysisQuestion, UnitWarning } from '@minqing/data/domain/analysis'
import { warningLevels } from '@minqing/data/domain/significance'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { dayText, homeDayNumber } from '@minqing/data/domain/local-time'
import { ProblemError } from '@minqing/data/domain/problem'
import { accuracyOf, forecastOf, perGround, plainScores } from '@minqing/data/stats/backtest'
import {
  type EarlyWarning,
  leastHistory,
  reasonOf,
  warnEarly,
  warningThreshold,
} from '@minqing/data/stats/early-warning'
import { islandsOf } from '@minqing/data/stats/neighbours'
import { completenessOf, reportingDelay } from '@minqing/data/stats/nowcast'
import { countWeeks, type WeeklyCounts } from '@minqing/data/stats/weekly-counts'
import { neighbourhoodOf } from '../neighbourhood.ts'
import type { Units } from '../units.ts'
import type { Method } from './method.ts'
import { seed } from './significance.ts'
import { connectedSpots, unitResults, unknowns } from './unit-results.ts'

/** Weeks at the end that are judged; the last of them is what is warned about, the others are its backtest. */
const judgedWeeks = 26
/** Share of the ground that a forecast chooses in the backtest. */
const share = 0.05

/**
 * Which units had more incidents in the last complete week than their own history, the street, their neighbours and their
 * types lead one to expect (`warnEarly`). Weeks are those in which incidents happened; one is judged when 95 % of it have
 * come in, by the delay between happening and being reported. The classes are those of `warningLevels`.
 *
 * @throws ProblemError `bad_parameter` with too little history
 */
export const warning: Method = ({ question, units, progress }) => {
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  const { series, firstDay, completeness } = weeksOf(units, question)
  const from = Math.max(leastHistory, series.weeks - judgedWeeks)
  const found = warnEarly(series, neighbours, { from, completeness })
  progress(0.5)
  const week = lastJudged(found)
  if (week === null) throw tooLittle()
  const thresholds = warningLevels.map(({ rate, class: own }) => ({
    class: own,
    score: warningThreshold(found, neighbours, { rate, seed }),
  }))
  progress(0.9)
  const at = (of: Float64Array) => of.slice((week - from) * series.areas, (week - from + 1) * series.areas)
  const [score, expected, exceedance] = [at(found.score), at(found.expected), at(found.exceedance)]
  // Of many small units hardly any have a score: one of 0 is no warning, whatever the threshold.
  const classes = score.map((own) => (own > 0 ? (thresholds.find(({ score: least }) => own >= least)?.class ?? 0) : 0))
  const spots = connectedSpots(classes, score, neighbours)
  const none = unknowns(units)
  const results = unitResults(units, { expected, values: exceedance, z: none, p: none, q: none, classes, spots })
  return {
    chosen: [
      reach,
      { name: 'step', value: 7, because: 'usual' },
      { name: 'steps', value: series.weeks, because: 'asked' },
    ],
    islands: islandsOf(neighbours).length,
    backtest: backtestOf(series, found, units),
    properties: results.map((own, unit) => {
      const reason = reasonOf(series, found, neighbours, week, unit)
      return {
        ...own,
        incidents: reason.observed,
        warning: warningOf(reason, score[unit]!, dayText(firstDay + week * 7)),
      }
    }),
  }
}

function warningOf(
  { bound, weeks, types, neighbours }: ReturnType<typeof reasonOf>,
  score: number,
  week: string,
): UnitWarning {
  const short = (value: number) => Number(value.toFixed(2))
  return {
    week,
    score: short(score),
    bound,
    weeks,
    types: types.map(({ type, observed, expected }) => ({
      code: incidentTypes[type]!,
      observed,
      expected: short(expected),
    })),
    neighbours: { observed: neighbours.observed, expected: short(neighbours.expected) },
  }
}

/** By Monday weeks in which incidents happened, up to the last day on which one was reported, or the period's last. */
function weeksOf({ dated, codes }: Units, { filter: { to } }: AnalysisQuestion) {
  if (dated === null || dated.day.length === 0) throw tooLittle()
  const { unit, day, happened, type, count } = dated
  const latest = day.reduce((most, own) => Math.max(most, own), -Infinity)
  const asOf = to === undefined ? latest : Math.min(latest, homeDayNumber(Date.parse(to) - 1))
  const firstDay = mondayOf(day.reduce((least, own) => Math.min(least, own), Infinity))
  const weeks = Math.floor((asOf + 1 - firstDay) / 7)
  if (weeks <= leastHistory) throw tooLittle()
  const rows = { area: repeated(unit, count), type: repeated(type, count), day: repeated(happened, count) }
  const series = countWeeks(rows, { areas: codes.length, types: incidentTypes.length, weeks, firstDay })
  const delay = reportingDelay({ happened: rows.day, known: repeated(day, count), asOf })
  const completeness = Array.from({ length: weeks }, (_, week) => completenessOf(delay, firstDay + week * 7, asOf))
  return { series, firstDay, completeness }
}

/** Day numbers count from a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7)
}

function repeated(values: Int32Array, count: Uint32Array): Int32Array {
  const all = new Int32Array(count.reduce((sum, own) => sum + own, 0))
  let end = 0
  for (let row = 0; row < count.length; row++) {
    all.fill(values[row]!, end, end + count[row]!)
    end += count[row]!
  }
  return all
}

function lastJudged({ judged, areas, weeks, from }: EarlyWarning): number | null {
  for (let week = weeks - 1; week >= from; week--) if (judged[(week - from) * areas] === 1) return week
  return null
}

/** How well the weeks before were forecast, beside what is commonly done; null where too few can be compared. */
function backtestOf(series: WeeklyCounts, found: EarlyWarning, units: Units): AnalysisBacktest | null {
  const sizes = units.hectares
  const scores = {
    warning: perGround(forecastOf(series, found), sizes),
    'last-weeks': perGround(plainScores(series, 'last4Weeks', units), sizes),
    'last-year': perGround(plainScores(series, 'lastYear', units), sizes),
    density: plainScores(series, 'density', units),
  }
  const accuracy = accuracyOf(series, scores.warning, sizes, { from: found.from, share })
  if (accuracy.weeks === 0 || accuracy.incidents === 0) return null
  const index = (own: Float64Array) => {
    const { weeks, accuracyIndex } = accuracyOf(series, own, sizes, { from: found.from, share })
    return weeks > 0 && Number.isFinite(accuracyIndex) ? Number(accuracyIndex.toFixed(2)) : null
  }
  return {
    weeks: accuracy.weeks,
    share,
    hitRate: Number(accuracy.hitRate.toFixed(3)),
    accuracyIndex: {
      warning: index(scores.warning),
      'last-weeks': index(scores['last-weeks']),
      'last-year': series.weeks > 52 + judgedWeeks ? index(scores['last-year']) : null,
      density: index(scores.density),
    },
  }
}

function tooLittle(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: `预警至少需要 ${leastHistory + 1} 周已基本报齐的事件`,
      en: `A warning needs at least ${leastHistory + 1} weeks of incidents that have come in`,
    },
    {
      parameter: 'filter',
      remedy: { zh: '请选择较早的开始日期（建议一年以上）', en: 'Choose an earlier first day, a year or more ago' },
    },
  )
}
