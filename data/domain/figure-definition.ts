import type { Label } from './label.ts'

/**
 * What is said of a figure wherever it is shown or exported. `cohort` is the rule by which a case belongs to the
 * denominator (of a count without one: to the figure), `counts` what it has besides to be in the numerator. Which rows
 * these are is said in SQL in `server/figures/figure-conditions.ts`, for each figure once.
 */
export type FigureDefinition = {
  label: Label
  /** `rate`: numerator ÷ denominator; `count`: the numerator, beside the denominator where there is one. */
  unit: 'rate' | 'count'
  group: FigureGroup
  /** Whether more is better, worse, or neither. */
  wanted: 'more' | 'less' | 'neither'
  numerator: Label
  /** Null: a count of its own. */
  denominator: Label | null
  cohort: Label
  /** Of cases of which the log does not say what is asked: they are in neither number, and counted beside them. */
  unknown: Label | null
  /** Of a rate of what was done within a time limit: the time that it took. */
  time?: FigureTime
}

export type FigureTime = {
  /** Which of the first times (四个第一时间) it is. */
  name: Label
  /** From when until when. */
  span: Label
  limit: Label
}

export const figureGroups = ['serious', 'volume', 'finishing', 'timeliness', 'quality', 'after'] as const
export type FigureGroup = (typeof figureGroups)[number]
export const figureGroupLabels: Record<FigureGroup, Label> = {
  serious: { zh: '安全底线', en: 'Serious events' },
  volume: { zh: '受理情况', en: 'Intake' },
  finishing: { zh: '办结与化解', en: 'Finishing and resolving' },
  timeliness: { zh: '时效', en: 'Timeliness' },
  quality: { zh: '流转质量', en: 'Handling' },
  after: { zh: '评价与回访', en: 'Rating and follow-up' },
}

export const define = (definition: FigureDefinition) => definition
