import {
  analysisBaselines,
  analysisBases,
  analysisMeasures,
  type AnalysisMethod,
  analysisMethods,
  type AnalysisUnit,
  analysisUnits,
  bandwidths,
  cellSizes,
  clusterings,
  countedOrigins,
  hasPublishedForm,
  measuresFor,
  minPointsLimits,
  reaches,
} from '@minqing/data/domain/analysis'
import { spaceTimeBaselines } from '@minqing/data/domain/emerging-hot-spot'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeOffset } from '@minqing/data/domain/local-time'
import { createParser, type inferParserType, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { AskedQuestion } from '../../api/analyses.ts'
import { allStreetsCode, viewParameters } from '../../view/parameters.ts'

function whole({ least, most }: { least: number; most: number }) {
  return createParser<number>({
    parse: (text) => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null),
    serialize: String,
  })
}

/** The question and how its answer is looked at, as the address has them. Without a method nothing has been asked. */
const parameters = {
  method: parseAsStringLiteral(analysisMethods),
  area: viewParameters.area,
  time: viewParameters.time,
  type: viewParameters.type,
  counted: parseAsStringLiteral(countedOrigins).withDefault('reported'),
  basis: parseAsStringLiteral(analysisBases).withDefault('cases'),
  unit: parseAsStringLiteral(analysisUnits).withDefault('grid'),
  size: whole(cellSizes),
  measure: parseAsStringLiteral(analysisMeasures),
  reach: whole(reaches),
  baseline: parseAsStringLiteral(analysisBaselines),
  reference: parseAsStringLiteral(spaceTimeBaselines),
  clustering: parseAsStringLiteral(clusterings),
  minPoints: whole(minPointsLimits),
  bandwidth: whole(bandwidths),
  show: parseAsStringLiteral(['significance', 'value', 'development', 'warning', 'silence']),
  selected: parseAsString,
}

export type AnalysisView = inferParserType<typeof parameters>
export type ChangeAnalysis = (patch: Partial<AnalysisView>) => void

export function useAnalysisView(): [AnalysisView, ChangeAnalysis] {
  const [view, setView] = useQueryStates(parameters)
  const change = useCallback<ChangeAnalysis>(
    // What is asked is a step that “back” undoes; how it is looked at is not.
    (patch) => void setView(patch, { history: 'method' in patch ? 'push' : 'replace' }),
    [setView],
  )
  return [view, change]
}

/**
 * What has to change for published counts: areas, of both origins, in the last twelve months that have ended, and a
 * method that needs nothing but counts.
 */
export function publishedChoices(
  { method, unit }: { method: AnalysisMethod; unit: AnalysisUnit },
  now: number,
): Partial<AnalysisView> & { method: AnalysisMethod } {
  const local = new Date(now * 1000 + homeOffset)
  const begin = (months: number) =>
    (Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - months, 1) - homeOffset) / 1000
  return {
    method: hasPublishedForm(method) ? method : 'hot-spots',
    basis: 'published',
    counted: 'both',
    time: { from: begin(12), to: begin(0) },
    ...(unit === 'grid' || unit === 'community' ? {} : { unit: 'grid', size: null, measure: null, reach: null }),
  }
}

/** The question of an address; null where none has been asked. */
export function useQuestion(view: AnalysisView): AskedQuestion | null {
  const text = JSON.stringify(questionOf(view))
  // The same object for the same question, whatever else of the view changes.
  return useMemo(() => JSON.parse(text) as AskedQuestion | null, [text])
}

export function questionOf(view: AnalysisView): AskedQuestion | null {
  const { method, area, time, type, counted, basis, unit, size, measure, reach, baseline, reference } = view
  const { clustering, minPoints, bandwidth } = view
  const hasReach = method !== 'density' && method !== 'silence'
  if (method === null) return null
  const filter: IncidentFilter = {
    ...(area === null || area === allStreetsCode ? {} : { area }),
    ...(time.from === null ? {} : { from: instantOf(time.from) }),
    ...(time.to === null ? {} : { to: instantOf(time.to) }),
    ...(type.length === 0 ? {} : { type }),
  }
  return {
    method,
    filter,
    counted,
    basis,
    unit,
    ...(size === null ? {} : { size }),
    ...(measure !== null && measuresFor({ method, unit }).includes(measure) ? { measure } : {}),
    ...(reach === null || !hasReach ? {} : { reach }),
    ...(baseline === null || method !== 'comparison' ? {} : { baseline }),
    ...(reference === null || method !== 'emerging' ? {} : { reference }),
    ...(clustering === null || method !== 'clusters' ? {} : { clustering }),
    ...(minPoints === null || method !== 'clusters' ? {} : { minPoints }),
    ...(bandwidth === null || method !== 'density' ? {} : { bandwidth }),
  }
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
