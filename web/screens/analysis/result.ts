import {
  analysisMeasureLabels,
  analysisMeasures,
  type AnalysisMeasure,
  type UnitResult,
} from '@minqing/data/domain/analysis'
import type { Language } from '@minqing/data/domain/label'
import type { BoundingBox } from '@minqing/data/domain/position'
import { bboxOfGeometry, unionBbox } from '@minqing/data/geo/plane'
import { classBreaks } from '@minqing/data/stats/density-raster'
import type { AnalysisResult } from '../../api/analyses.ts'

const mostClasses = 7

/** Lower limits of the classes of the values. */
export function breaksOf(result: AnalysisResult): number[] {
  const limits = result.features.flatMap(({ properties: { band } }) => band?.from ?? [])
  if (limits.length > 0) return limits.toSorted((a, b) => a - b)
  const highest = result.features.reduce((most, { properties: { value } }) => Math.max(most, value ?? 0), 0)
  return classBreaks(highest, mostClasses)
}

/** What the units' values are: of a comparison the ratio of both periods. */
export function measureOf(result: AnalysisResult): AnalysisMeasure | 'ratio' | 'excess' | 'reported' {
  if (result.analysis.question.method === 'warning') return 'excess'
  if (result.analysis.question.method === 'silence') return 'reported'
  if (result.analysis.question.method === 'density') return 'density'
  if (result.analysis.question.method === 'comparison') return 'ratio'
  const value = result.analysis.chosen.find(({ name }) => name === 'measure')?.value
  return analysisMeasures.find((measure) => measure === value) ?? 'count'
}

const otherLabels = {
  ratio: { zh: '与前期之比', en: 'Ratio to the earlier period' },
  reported: { zh: '估计反映出来的比例（0 至 1）', en: 'Estimated share that is reported (0 to 1)' },
  excess: { zh: '超出预计的程度（1 为上限）', en: 'Excess over what is expected (1 is the bound)' },
}

export function measureTitle(result: AnalysisResult, language: Language): string {
  const measure = measureOf(result)
  return { ...analysisMeasureLabels, ...otherLabels }[measure][language]
}

/** Units that are selected with a unit: those of its hot spot, or itself. */
export function selectedWith(result: AnalysisResult, code: string | null): UnitResult[] {
  const chosen = unitsOf(result).find((unit) => unit.code === code)
  if (chosen === undefined) return []
  return chosen.spot === null ? [chosen] : unitsOf(result).filter(({ spot }) => spot === chosen.spot)
}

/** What is ranked and selected: of a density its spots, and not the classes around them. */
export function unitsOf(result: AnalysisResult): UnitResult[] {
  return result.features.map(({ properties }) => properties).filter(({ band }) => band === undefined)
}

/** By z, by the score of a warning, or by the likelihood ratio of their circle and then by how many more there are. What nothing can be said of comes last. */
export function ranked(result: AnalysisResult): UnitResult[] {
  const score = ({ z, logLikelihoodRatio, warning }: UnitResult) =>
    z ?? logLikelihoodRatio ?? warning?.score ?? -Number.MAX_VALUE
  return unitsOf(result).toSorted(
    (a, b) => score(b) - score(a) || (ratioOf(b) ?? 0) - (ratioOf(a) ?? 0) || (a.code < b.code ? -1 : 1),
  )
}

/** Incidents in relation to those expected; null where none are. */
export function ratioOf({ incidents, expected }: UnitResult): number | null {
  return expected > 0 ? incidents / expected : null
}

export function bboxOfResult(result: AnalysisResult): BoundingBox | null {
  if (result.features.length === 0) return null
  return unionBbox(result.features.map(({ geometry }) => bboxOfGeometry(geometry)))
}

export type HistogramBar = { from: number; to: number; count: number; hot: number }

const mostBars = 16

/** Units by value, in at most sixteen equal parts between nothing (or what is below it) and the largest value. */
export function histogramOf(result: AnalysisResult): HistogramBar[] {
  const units = unitsOf(result).filter(({ value }) => value !== null)
  const highest = units.reduce((most, { value }) => Math.max(most, value ?? 0), 0)
  const lowest = units.reduce((least, { value }) => Math.min(least, value ?? 0), 0)
  if (!(highest > 0)) return []
  // Whole counts are not cut into parts of one.
  const width = measureOf(result) === 'count' ? Math.ceil((highest + 1) / mostBars) : (highest - lowest) / mostBars
  const bars = Array.from({ length: Math.floor((highest - lowest) / width) + 1 }, (_, index) => ({
    from: lowest + index * width,
    to: lowest + (index + 1) * width,
    count: 0,
    hot: 0,
  })).slice(0, mostBars)
  for (const { value, class: own } of units) {
    const bar = bars[Math.min(bars.length - 1, Math.floor(((value ?? 0) - lowest) / width))]!
    bar.count += 1
    if (own > 0) bar.hot += 1
  }
  return bars
}
