import type { AnalysisRecord, AnalysisState, UnitResult } from '@minqing/data/domain/analysis'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { Input } from '../contract/api.ts'
import { addressOf, answerOf, get, post, remove } from './fetch.ts'

/** A question as it is sent: what is left out is chosen by the server. */
export type AskedQuestion = Input<'/api/analyses', '$post'>['json']

/** Every unit with its figures, and what made them. */
export type AnalysisResult = FeatureCollection<Polygon | MultiPolygon, UnitResult> & { analysis: AnalysisRecord }

/** Milliseconds for which the server waits for what comes next, before it says how far an analysis is. */
const longestWait = 400

/** Asks a question. Asked again it gives the same, as long as the data are the same. */
export function askQuery(question: AskedQuestion | null) {
  return queryOptions({
    queryKey: ['analysis-asked', question],
    enabled: question !== null,
    queryFn: () => post('/api/analyses', { json: question ?? { method: 'hot-spots' } }),
    // What is shown does not change under the eyes of whoever reads it.
    staleTime: Infinity,
    retry: false,
  })
}

/** Whether there is more to come: the result, or how robust it is. */
export function goesOn(state: AnalysisState | undefined): boolean {
  return state?.state === 'running' || (state?.state === 'done' && state.progress < 1)
}

export function analysisStateQuery(id: string | undefined) {
  return queryOptions({
    queryKey: ['analysis-state', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      get('/api/analyses/:id', { param: { id: id ?? '' }, query: { wait: String(longestWait) } }, signal),
    refetchInterval: ({ state: { data, error } }) => (error === null && goesOn(data) ? 1 : false),
    retry: false,
  })
}

function analysisResultPath(id: string): string {
  return addressOf('/api/analyses/:id/result', { param: { id } })
}

export function analysisResultQuery(id: string | undefined) {
  return queryOptions({
    queryKey: ['analysis-result', id],
    enabled: id !== undefined,
    queryFn: async ({ signal }) => {
      const response = await answerOf(analysisResultPath(id ?? ''), 'application/geo+json', { signal })
      return (await response.json()) as AnalysisResult
    },
    staleTime: Infinity,
  })
}

/** What is known of the hot spot of a unit. */
export function passportQuery(id: string, unit: string) {
  return queryOptions({
    queryKey: ['analysis-passport', id, unit],
    queryFn: ({ signal }) => get('/api/analyses/:id/units/:unit', { param: { id, unit } }, signal),
  })
}

/** Since when the hot spots of a result are there: it takes some seconds. */
export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['analysis-history', id],
    queryFn: ({ signal }) => get('/api/analyses/:id/history', { param: { id } }, signal),
    staleTime: Infinity,
  })
}

export function useCancelAnalysis() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove('/api/analyses/:id', { param: { id } }),
    onSuccess: async (_, id) => {
      await client.invalidateQueries({ queryKey: ['analysis-state', id] })
      client.removeQueries({ queryKey: ['analysis-asked'] })
    },
  })
}
