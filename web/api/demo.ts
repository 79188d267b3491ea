import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../contract/api.ts'
import { get, remove } from './fetch.ts'

/** How many sub-districts the demo has, and how many rows were imported into them. */
export function demoQuery() {
  return queryOptions({ queryKey: ['demo'], queryFn: ({ signal }) => get('/api/demo', {}, signal) })
}

export function removeDemo(): Promise<Answer<'/api/demo', '$delete'>> {
  return remove('/api/demo', {})
}
