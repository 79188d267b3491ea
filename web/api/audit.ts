import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Language } from '@minqing/data/domain/label'
import type { Input } from '../contract/api.ts'
import { addressOf, get, post } from './fetch.ts'

/** Which rows of the audit trail; `to` is not in the period. */
export type AuditSearch = Omit<Exclude<Input<'/api/audit/entries.csv'>['query'], URLSearchParams | undefined>, 'lang'>

const rowsPerPage = '50'

/** A page of the trail, the newest row first; `after` is `next` of the page before. */
export function auditPageQuery(search: AuditSearch, after: string | undefined) {
  const page = after === undefined ? {} : { after }
  return queryOptions({
    queryKey: ['audit', search, after],
    queryFn: ({ signal }) => get('/api/audit', { query: { ...search, ...page, limit: rowsPerPage } }, signal),
    // What follows a row never changes.
    staleTime: after === undefined ? 0 : Infinity,
  })
}

/** Who did something in the period. */
export function auditActorsQuery({ from, to }: AuditSearch) {
  const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  return queryOptions({
    queryKey: ['audit-actors', query],
    queryFn: async ({ signal }) => (await get('/api/audit/actors', { query }, signal)).actors,
  })
}

/** What verifying the trail has found the last time; null before the first time. */
export function auditVerificationQuery() {
  return queryOptions({
    queryKey: ['audit-verification'],
    queryFn: async ({ signal }) => (await get('/api/audit/verification', {}, signal)).last,
    staleTime: 0,
  })
}

export function useVerifyAudit() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await post('/api/audit/verification', {})).last,
    onSuccess: (last) => {
      client.setQueryData(auditVerificationQuery().queryKey, last)
      // It is recorded itself.
      return client.invalidateQueries({ queryKey: ['audit'] })
    },
  })
}

export const auditFormats = ['csv', 'jsonl'] as const

export function auditExportPath(search: AuditSearch, format: (typeof auditFormats)[number], lang: Language): string {
  return addressOf(`/api/audit/entries.${format}`, { query: { ...search, lang } })
}
