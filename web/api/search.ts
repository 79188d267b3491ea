import type { Language } from '@minqing/data/domain/label'
import type { SearchHit } from '@minqing/data/domain/summary'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from './fetch.ts'

/** Places, grids, buildings, facilities and case numbers that the words may mean. */
export function searchQuery(words: string, language: Language) {
  const parameters = new URLSearchParams({ q: words, lang: language })
  return queryOptions({
    queryKey: ['search', words, language],
    enabled: words !== '',
    queryFn: async ({ signal }) => (await fetchJson<{ hits: SearchHit[] }>(`/api/search?${parameters}`, signal)).hits,
    placeholderData: keepPreviousData,
  })
}
