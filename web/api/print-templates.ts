import type { PageSetup } from '@minqing/data/domain/page-setup'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, put, remove } from './fetch.ts'

/** How a street prints its maps, by name; none where there is no street. */
export function printTemplatesQuery(street: string | undefined) {
  return queryOptions({
    queryKey: ['print-templates', street],
    enabled: street !== undefined,
    queryFn: async ({ signal }) =>
      (await get('/api/print-templates/:street', { param: { street: street ?? '' } }, signal)).templates,
    staleTime: 0,
  })
}

export function useSaveTemplate(street: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (json: { name: string; setup: PageSetup }) =>
      put('/api/print-templates/:street', { param: { street }, json }),
    onSuccess: () => client.invalidateQueries({ queryKey: printTemplatesQuery(street).queryKey }),
  })
}

export function useRemoveTemplate(street: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove('/api/print-templates/:street/:id', { param: { street, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: printTemplatesQuery(street).queryKey }),
  })
}
