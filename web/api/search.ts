import type { Language } from '@minqing/data/domain/label'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

/** Places, grids, buildings, facilities and case numbers that the words may mean. */
export function searchQuery(words: string, language: Language) {
  return queryOptions({
    queryKey: ['search', words, language],
    enabled: words !== '',
    queryFn: async ({ signal }) => (await get('/api/search', { query: { q: words, lang: language } }, signal)).hits,
    placeholderData: keepPreviousData,
  })
}
