import {
  type AnalysisQuestion,
  type AnalysisRecord,
  findsHotSpots,
  hasPublishedForm,
} from '@minqing/data/domain/analysis'
import { type AnalysisHistory, historyPeriods } from '@minqing/data/domain/analysis-passport'
import { dayLength, dayText, homeDayNumber } from '@minqing/data/domain/local-time'
import { identifyHotSpots } from '@minqing/data/stats/hot-spot-identity'
import type { StoredResult } from './read-passport.ts'

/** More units take too long a dozen times. */
const mostUnits = 5_000

/** Where there is none: hot spots of published counts, whose periods are whole months, or of more units than that. */
const without: AnalysisHistory = { ends: [], spots: [] }

/**
 * Since when the hot spots of a result are there.
 *
 * @param compute the units of another question with the hot spot of each, null outside of them
 */
export async function historyOf(
  { analysis, features }: StoredResult,
  compute: (question: AnalysisQuestion) => Promise<StoredResult['features']>,
): Promise<AnalysisHistory> {
  const questions = earlierQuestions(analysis)
  if (questions.length === 0 || features.every(({ properties }) => properties.spot === null)) return without
  const numbers = new Map<string, number>()
  const spotsIn = (units: StoredResult['features']) => {
    const cells: number[][] = []
    for (const { code, spot } of units.map(({ properties }) => properties)) {
      if (spot === null) continue
      if (!numbers.has(code)) numbers.set(code, numbers.size)
      ;(cells[spot - 1] ??= []).push(numbers.get(code)!)
    }
    return cells
  }
  const periods: number[][][] = []
  // One after the other: whoever else has a question comes in between.
  for (const question of questions) periods.push(spotsIn(await compute(question)))
  periods.push(spotsIn(features))
  const identified = identifyHotSpots(periods)
  const ends = [...questions, analysis.question].map(({ filter }) => lastDayOf(filter.to))
  return {
    ends,
    spots: identified.at(-1)!.hotSpots.map(({ id, transition, since }, index) => {
      const missing = identified.findLastIndex(({ hotSpots }) => hotSpots.every((one) => one.id !== id))
      return { spot: index + 1, transition, periods: ends.length - 1 - missing, since: ends[since]! }
    }),
  }
}

/** The same question of earlier periods, with the parameters that were chosen for the last, the earliest first. */
function earlierQuestions({ question, chosen, units }: AnalysisRecord): AnalysisQuestion[] {
  const { method, basis, filter } = question
  const { from, to } = filter
  const isPossible = findsHotSpots(method) && hasPublishedForm(method) && method !== 'comparison' && basis === 'cases'
  if (!isPossible || units > mostUnits || from === undefined || to === undefined) return []
  const size = chosen.find(({ name }) => name === 'size')?.value
  const fixed = typeof size === 'number' ? { ...question, size } : question
  return Array.from({ length: historyPeriods - 1 }, (_, index) => {
    const earlier = (instant: string) =>
      new Date(Date.parse(instant) - (historyPeriods - 1 - index) * 7 * dayLength).toISOString()
    return { ...fixed, filter: { ...filter, from: earlier(from), to: earlier(to) } }
  })
}

/** The local day before an end. */
function lastDayOf(to: string | undefined): string {
  return dayText(homeDayNumber(Date.parse(to ?? '') - 1))
}
