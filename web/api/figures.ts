import type { FigureDivision, FigureName, FigurePart } from '@minqing/data/domain/figures'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

/** Of what figures are asked: days that are both in the period, and when it was known (an instant). */
export type FigureSearch = { area?: string; from: string; to: string; asOf?: string }

/** The figures of a period and of those that it is compared with, divided where that is asked. */
export function figuresQuery(search: FigureSearch | undefined, by: FigureDivision | undefined) {
  return queryOptions({
    queryKey: ['figures', search, by],
    enabled: search !== undefined,
    queryFn: ({ signal }) => get('/api/figures', { query: { ...search, ...(by === undefined ? {} : { by }) } }, signal),
    placeholderData: keepPreviousData,
  })
}

/** How each community stands in a month, `YYYY-MM`. */
export function figureBoardQuery(search: FigureSearch | undefined, month: string) {
  const { area, asOf } = search ?? {}
  const query = { ...(area === undefined ? {} : { area }), ...(asOf === undefined ? {} : { asOf }), month }
  return queryOptions({
    queryKey: ['figure-board', query],
    enabled: search !== undefined,
    queryFn: ({ signal }) => get('/api/figures/board', { query }, signal),
    placeholderData: keepPreviousData,
  })
}

/** Which of a figure's numbers, and of which group. */
export type FigureNumber = { figure: FigureName; part: FigurePart; by?: FigureDivision; key?: string }

/** The cases behind a number, page by page. */
export function figureCasePages(search: FigureSearch | undefined, number: FigureNumber) {
  const { figure, ...rest } = number
  const asked = { ...search, ...rest, limit: '50' }
  return infiniteQueryOptions({
    queryKey: ['figure-cases', search, number],
    enabled: search !== undefined,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      get(
        '/api/figures/:figure/cases',
        { param: { figure }, query: pageParam === '' ? asked : { ...asked, after: pageParam } },
        signal,
      ),
    getNextPageParam: ({ next }) => next,
  })
}
