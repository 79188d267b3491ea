import type { Grant } from '@minqing/data/domain/account'
import type { RoleName } from '@minqing/data/domain/role'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, post, put, remove } from './fetch.ts'

/** Accounts that are responsible for no more than whoever asks, by login. */
export function accountsQuery() {
  return queryOptions({
    queryKey: ['accounts'],
    queryFn: async ({ signal }) => (await get('/api/accounts', {}, signal)).accounts,
    staleTime: 0,
  })
}

/** Their sessions, the one last used first. */
export function accountSessionsQuery() {
  return queryOptions({
    queryKey: ['account-sessions'],
    queryFn: async ({ signal }) => (await get('/api/accounts/sessions', {}, signal)).sessions,
    staleTime: 0,
  })
}

export function tokensQuery() {
  return queryOptions({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await get('/api/tokens', {}, signal)).tokens,
    staleTime: 0,
  })
}

/** A change of accounts; what is listed is asked for again, whether it succeeded or not. */
function useAccountChange<Given, Answered>(change: (given: Given) => Promise<Answered>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    // First passwords and tokens stay nowhere.
    gcTime: 0,
    onSettled: () =>
      Promise.all(
        [accountsQuery(), accountSessionsQuery(), tokensQuery()].map(({ queryKey }) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

export function useAddAccount() {
  return useAccountChange((given: { login: string; name: string; grants: Grant[] }) =>
    post('/api/accounts', { json: given }),
  )
}

export function useChangeAccount() {
  return useAccountChange(({ id, ...json }: { id: string; name: string; grants: Grant[] }) =>
    put('/api/accounts/:id', { param: { id }, json }),
  )
}

export function useResetAccount() {
  return useAccountChange(({ id, secondFactor }: { id: string; secondFactor: boolean }) =>
    post('/api/accounts/:id/reset', { param: { id }, json: { secondFactor } }),
  )
}

export function useDisableAccount() {
  return useAccountChange((id: string) => remove('/api/accounts/:id', { param: { id } }))
}

export function useEnableAccount() {
  return useAccountChange((id: string) => post('/api/accounts/:id/enable', { param: { id } }))
}

export function useEndAccountSession() {
  return useAccountChange((id: string) => remove('/api/accounts/sessions/:id', { param: { id } }))
}

export function useAddToken() {
  return useAccountChange((given: { name: string; role: RoleName; areas: string[]; days: number }) =>
    post('/api/tokens', { json: given }),
  )
}

export function useRevokeToken() {
  return useAccountChange((id: string) => remove('/api/tokens/:id', { param: { id } }))
}
