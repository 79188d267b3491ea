import { z } from 'zod'
import { channelOriginLabels, channelOrigins } from './channel.ts'
import { emergingClasses, spaceTimeBaselines } from './emerging-hot-spot.ts'
import { GlobalFigures } from './global-figures.ts'
import { IncidentFilter } from './incident-filter.ts'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'
import { NearRepeat } from './near-repeat.ts'

/** What is done with the counts. The order is that in which they are offered. */
export const analysisMethods = [
  'hot-spots',
  'local-moran',
  'scan',
  'clusters',
  'density',
  'near-repeat',
  'comparison',
  'emerging',
  'warning',
  'silence',
] as const
export const AnalysisMethod = z.enum(analysisMethods)
export type AnalysisMethod = z.output<typeof AnalysisMethod>

/** Methods that need to know when incidents were reported, not only how many there were. */
export function readsTimes(method: AnalysisMethod): boolean {
  return method === 'emerging' || method === 'warning'
}

/** Methods that need to know of each report of residents where it was, when it came and when the matter was settled. */
export function readsReports(method: AnalysisMethod): boolean {
  return method === 'silence'
}

/** Methods that need nothing but counts of whole months, which are all that is published. */
export function hasPublishedForm(method: AnalysisMethod): boolean {
  return !(readsTimes(method) || readsPositions(method) || readsReports(method))
}

/** Methods that look for places with more incidents than others. */
export function findsHotSpots(method: AnalysisMethod): boolean {
  return method !== 'warning' && method !== 'silence'
}

/** Methods that read each incident’s own position, and make the outlines of their results themselves. */
export function readsPositions(method: AnalysisMethod): boolean {
  return method === 'clusters' || method === 'density' || method === 'near-repeat'
}

/** In what incidents are counted. Cells of a raster and hexagons have a size; `point` is each incident’s own position. */
export const analysisUnits = ['grid', 'community', 'building', 'square', 'hexagon', 'point'] as const
export const AnalysisUnit = z.enum(analysisUnits)
export type AnalysisUnit = z.output<typeof AnalysisUnit>

export const analysisUnitLabels: Record<AnalysisUnit, Label> = {
  grid: { zh: '网格', en: 'Grids' },
  community: { zh: '社区', en: 'Communities' },
  building: { zh: '楼栋', en: 'Buildings' },
  square: { zh: '方格', en: 'Squares' },
  hexagon: { zh: '蜂窝', en: 'Hexagons' },
  point: { zh: '事件位置', en: 'Positions' },
}

/**
 * Which counts are analysed: those of all cases that who asks may see, or those that exports without single cases
 * publish, so that the result may leave the office as well (docs/decisions/0079-analyses-of-published-counts.md).
 */
export const analysisBases = ['cases', 'published'] as const
export const AnalysisBasis = z.enum(analysisBases)
export type AnalysisBasis = z.output<typeof AnalysisBasis>

export const analysisBasisLabels: Record<AnalysisBasis, Label> = {
  cases: { zh: '全部事件', en: 'All cases' },
  published: { zh: '可公布的计数', en: 'Published counts' },
}

/**
 * Those that a question can have: counts are published of areas, and of smaller units there are too few a week to warn;
 * positions and single reports have no published form.
 */
export function unitsFor({ method, basis }: { method: AnalysisMethod; basis: AnalysisBasis }): readonly AnalysisUnit[] {
  if (readsPositions(method)) return basis === 'published' ? [] : ['point']
  if (method === 'silence' && basis === 'published') return []
  if (method === 'warning' || method === 'silence' || basis === 'published') return ['grid', 'community']
  return analysisUnits.filter((unit) => unit !== 'point')
}

/** Units for which each incident’s own position is read, and not the code of the place that it lies in. */
export function isReadByPosition(unit: AnalysisUnit): unit is 'square' | 'hexagon' | 'point' {
  return hasCells(unit) || unit === 'point'
}

/** Units that are cells of a size in metres, and not things with a name. */
export function hasCells(unit: AnalysisUnit): unit is 'square' | 'hexagon' {
  return unit === 'square' || unit === 'hexagon'
}

/** Incidents that people reported, those that workers discovered, or both (`channelOriginOf`). */
export const countedOrigins = [...channelOrigins, 'both'] as const
export const CountedOrigin = z.enum(countedOrigins)
export type CountedOrigin = z.output<typeof CountedOrigin>

export const countedOriginLabels: Record<CountedOrigin, Label> = {
  ...channelOriginLabels,
  both: { zh: '全部来源', en: 'Both' },
}

/** What is compared between units: incidents, incidents per household, incidents per hectare. */
export const analysisMeasures = ['count', 'rate', 'density'] as const
export const AnalysisMeasure = z.enum(analysisMeasures)
export type AnalysisMeasure = z.output<typeof AnalysisMeasure>

export const analysisMeasureLabels: Record<AnalysisMeasure, Label> = {
  count: { zh: '事件数', en: 'Incidents' },
  rate: { zh: '每千户事件数', en: 'Incidents per 1,000 households' },
  density: { zh: '每公顷事件数', en: 'Incidents per hectare' },
}

/** Those that a question can have: cells have no households, and points no number that could be compared. */
export function measuresFor({ method, unit }: { method: AnalysisMethod; unit: AnalysisUnit }): AnalysisMeasure[] {
  if (method === 'comparison' || method === 'near-repeat' || !findsHotSpots(method)) return []
  return analysisMeasures.filter((measure) =>
    readsPositions(method) ? measure !== 'count' : measure !== 'rate' || !hasCells(unit),
  )
}

/** How points are grouped: by one density everywhere, or by what is dense in its surroundings. */
export const clusterings = ['dbscan', 'hdbscan'] as const
export const Clustering = z.enum(clusterings)
export type Clustering = z.output<typeof Clustering>

export const clusteringLabels: Record<Clustering, Label> = {
  dbscan: { zh: 'DBSCAN（同一半径，检验显著性）', en: 'DBSCAN (one radius, tested)' },
  hdbscan: { zh: 'HDBSCAN（各处密度不同，不检验）', en: 'HDBSCAN (different densities, not tested)' },
}

/** With what a period is compared: the one of the same length before it, or the same days of the year before. */
export const analysisBaselines = ['before', 'last-year'] as const
export const AnalysisBaseline = z.enum(analysisBaselines)
export type AnalysisBaseline = z.output<typeof AnalysisBaseline>

export const analysisBaselineLabels: Record<AnalysisBaseline, Label> = {
  before: { zh: '前一个同样长的时期', en: 'The period before, of the same length' },
  'last-year': { zh: '上一年的同一时期', en: 'The same period of the year before' },
}

/** Metres of a cell’s side (of a hexagon: between opposite sides), and of a neighbourhood. */
export const cellSizes = { least: 25, most: 5000 } as const
export const reaches = { least: 10, most: 20_000 } as const
export const bandwidths = { least: 20, most: 5000 } as const
/** Points that make a cluster. */
export const minPointsLimits = { least: 3, most: 1000 } as const

/** What is asked: which incidents, in what units, by which method. What is left out is chosen, with a reason. */
export const AnalysisQuestion = z.strictObject({
  method: AnalysisMethod,
  filter: IncidentFilter.strict().default({}),
  counted: CountedOrigin.default('reported'),
  basis: AnalysisBasis.default('cases'),
  unit: AnalysisUnit.default('grid'),
  /** Metres, of units that are cells. */
  size: z.int().min(cellSizes.least).max(cellSizes.most).optional(),
  measure: AnalysisMeasure.optional(),
  /** Metres within which units or points are neighbours; of near repeats the width of a band of distance; without it those that touch, for buildings and points a distance that is chosen. */
  reach: z.int().min(reaches.least).max(reaches.most).optional(),
  /** Of the method `clusters`. */
  clustering: Clustering.optional(),
  minPoints: z.int().min(minPointsLimits.least).max(minPointsLimits.most).optional(),
  /** Of the method `density`: metres at which an incident stops counting. */
  bandwidth: z.int().min(bandwidths.least).max(bandwidths.most).optional(),
  /** Of the method `comparison`, which needs a period with both ends. */
  baseline: AnalysisBaseline.optional(),
  /** Of the method `emerging`: what each unit and step is compared with. */
  reference: z.enum(spaceTimeBaselines).optional(),
})
export type AnalysisQuestion = z.output<typeof AnalysisQuestion>

/** Why a parameter has the value that it has. */
export const choiceReasons = [
  'asked',
  'two-areas-per-incident',
  'limits-of-size',
  'equal-areas',
  'unequal-households',
  'no-households',
  'buildings',
  'touching',
  'thorough',
  'usual',
  'places-to-visit',
  'no-seasons',
  'ten-steps',
  'one-standard',
  'one-density',
  'logarithm',
  'bend-of-distances',
  'rare-by-chance',
  'least-distance',
  'predicts-best',
  'homes',
  'no-homes',
  'usual-length',
] as const
export const ChoiceReason = z.enum(choiceReasons)
export type ChoiceReason = z.output<typeof ChoiceReason>

/** A parameter as it was used; `permutations` is the most that a unit had. */
export const AnalysisChoice = z.object({
  name: z.enum([
    'size',
    'measure',
    'reach',
    'permutations',
    'replications',
    'share',
    'baseline',
    'reference',
    'step',
    'steps',
    'clustering',
    'minPoints',
    'bandwidth',
    'band',
    'lasts',
  ]),
  /** Null: no distance, what touches. */
  value: z.union([z.number(), AnalysisMeasure, AnalysisBaseline, Clustering, z.enum(spaceTimeBaselines)]).nullable(),
  because: ChoiceReason,
})
export type AnalysisChoice = z.output<typeof AnalysisChoice>

/** Whether a hot spot is found again with other cells: in how many of the ways that were tried. */
export const AnalysisRobustness = z.object({
  spot: z.int(),
  badge: z.enum(['robust', 'partial', 'fragile']).nullable(),
  survived: z.int(),
  of: z.int(),
})
export type AnalysisRobustness = z.output<typeof AnalysisRobustness>

/** How well the weeks before would have been forecast: of the share of the ground that was chosen, by each way. */
export const AnalysisBacktest = z.object({
  weeks: z.int(),
  share: z.number(),
  /** Share of the next week's incidents that came in the chosen places. */
  hitRate: z.number(),
  /** Predictive accuracy index: hit rate ÷ share; 1 is no better than chance, null where it cannot be computed. */
  accuracyIndex: z.object({
    warning: z.number().nullable(),
    'last-weeks': z.number().nullable(),
    'last-year': z.number().nullable(),
    density: z.number().nullable(),
  }),
})
export type AnalysisBacktest = z.output<typeof AnalysisBacktest>

/** What made a result: enough to make it again. */
export const AnalysisRecord = z.object({
  id: z.string(),
  question: AnalysisQuestion,
  chosen: z.array(AnalysisChoice),
  /** Versions of the collections that it was read from. */
  data: z.record(z.string(), z.int()),
  /** Of the product. */
  version: z.string(),
  /** Incidents that are counted in units, and those that lie in none of them. */
  incidents: z.int(),
  withoutUnit: z.int(),
  units: z.int(),
  /** Of near repeats. */
  nearRepeat: NearRepeat.optional(),
  /** Of methods that make their own outlines: incidents with a position that lie in none of them. */
  outside: z.int().optional(),
  /** Of a density: share of the ground on which enough incidents are expected to test whether there are more, from 0 to 1. */
  testedShare: z.number().optional(),
  /** Units without a neighbour: nothing can be said of them. */
  islands: z.int(),
  /** Of early warnings. */
  backtest: AnalysisBacktest.nullable().optional(),
  /** Of methods that compare units with their neighbours; null where there are too few units, or all are equal. */
  global: GlobalFigures.nullable().optional(),
})
export type AnalysisRecord = z.output<typeof AnalysisRecord>

export const analysisStates = ['running', 'done', 'failed', 'cancelled'] as const

/** How far a question is. A result is there with `done`; robustness, which takes longer, with a progress of 1. */
export const AnalysisState = z.object({
  id: z.string(),
  state: z.enum(analysisStates),
  /** From 0 to 1. */
  progress: z.number(),
  /** Of each hot spot; null until it is known, and where units are no cells. */
  robustness: z.array(AnalysisRobustness).nullable(),
  /** Of the result’s bytes, in hexadecimal; null until there is one. */
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
  /** When the result was made; null until there is one. */
  madeAt: Instant.nullable(),
})
export type AnalysisState = z.output<typeof AnalysisState>

/** Why a unit is warned about, or not: the last week of which 95 % have come in. */
export const UnitWarning = z.object({
  /** Its Monday. */
  week: z.string(),
  score: z.number(),
  /** As many incidents as come in 99 % of such weeks at most. */
  bound: z.number(),
  /** Weeks in a row in which more of the types below came in than expected. */
  weeks: z.int(),
  /** The types that make up the score. */
  types: z.array(z.object({ code: z.string(), observed: z.int(), expected: z.number() })),
  /** The same types in the neighbouring units together. */
  neighbours: z.object({ observed: z.int(), expected: z.number() }),
})
export type UnitWarning = z.output<typeof UnitWarning>

/** Whether residents of an area report what troubles them; `unknown` where there is too little to say. */
export const voices = ['silent', 'unknown', 'heard'] as const
export const Voice = z.enum(voices)
export type Voice = z.output<typeof Voice>

export const voiceLabels: Record<Voice, Label> = {
  silent: { zh: '沉默', en: 'Silent' },
  unknown: { zh: '说不准', en: 'Not known' },
  heard: { zh: '有声', en: 'Heard' },
}

/** How often what troubles people in a unit is reported (docs/silent-areas.md). */
export const UnitVoice = z.object({
  voice: Voice,
  /** Things that were reported, by one or more. */
  things: z.int(),
  /** Things there are by the estimate, reported or not. */
  estimated: z.number(),
  /** Reports a day that a thing gets: the median, and the limits of 90 %. */
  rate: z.number(),
  low: z.number(),
  high: z.number(),
  /** Probability that things are reported less than half as often as in the middle unit, from 0 to 1. */
  probability: z.number(),
})
export type UnitVoice = z.output<typeof UnitVoice>

/** What a result says of each unit. */
export const UnitResult = z.object({
  code: z.string(),
  name: z.string(),
  incidents: z.int(),
  households: z.int().nullable(),
  hectares: z.number(),
  /**
   * Incidents if they were spread evenly over what is compared: units, households or hectares; of a comparison, if they
   * were as frequent as in the earlier period.
   */
  expected: z.number(),
  /** Of a comparison the ratio to the earlier period; else in the unit of the measure: incidents, incidents per 1,000 households, incidents per hectare; null without any. */
  value: z.number().nullable(),
  /** Null where nothing can be said. */
  z: z.number().nullable(),
  p: z.number().nullable(),
  q: z.number().nullable(),
  class: z.int().min(-3).max(3),
  /** False where nothing is said of whether it is more than chance: by the method, or of a cluster with no households near. */
  tested: z.literal(false).optional(),
  /** Number of the hot spot that the unit belongs to, from 1; null outside of them. */
  spot: z.int().nullable(),
  /** Of outlines that are no places but classes of a density: incidents per hectare, null without an upper limit. */
  band: z.object({ from: z.number(), to: z.number().nullable() }).optional(),
  /** Of local Moran: the unit’s own value, then its neighbours’. */
  quadrant: z.enum(['low-low', 'high-low', 'low-high', 'high-high', 'none']).optional(),
  /** Of the scan statistic: of the circle that the unit lies in; of clusters, their own. */
  logLikelihoodRatio: z.number().nullable().optional(),
  /** Of a comparison: incidents of the earlier period, and the limits of the ratio at 95 %; null for what is infinite. */
  earlier: z.int().optional(),
  ratioLower: z.number().nullable().optional(),
  ratioUpper: z.number().nullable().optional(),
  /** Of emerging hot spots: how the unit developed, and the trend of its Gi* (Mann–Kendall z); z, q and class are of the last step. */
  emerging: z.enum(emergingClasses).optional(),
  trend: z.number().nullable().optional(),
  /** Of early warnings, whose incidents and expected ones are those of the week; value is (incidents − expected) ÷ (bound − expected). */
  warning: UnitWarning.optional(),
  /** Of silent areas; value is the share of its things that is reported, from 0 to 1. */
  voice: UnitVoice.optional(),
})
export type UnitResult = z.output<typeof UnitResult>
