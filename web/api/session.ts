import { type AccessObject, accessObjects, type Action, may } from '@minqing/data/domain/access'
import type { RoleName } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import {
  type QueryClient,
  queryOptions,
  skipToken,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { AnswerError, get, post, put, remove } from './fetch.ts'
import { endWait, useIsWaiting } from './sign-in-wait.ts'

/** Who is asking, as the server knows it now; null where nobody has signed in. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: async ({ client, signal }) => {
      const session = await askSession(client, signal)
      show(client, session)
      return session
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  })
}

/**
 * Whose data the page shows: the last session that had completed its sign-in. It stays when that has ended, until
 * somebody signs in again or out; null or undefined when nobody's are shown.
 */
export function shownSessionQuery() {
  return queryOptions<Session | null>({
    queryKey: ['shown-session'],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  })
}

/** Whether nobody can sign in yet, because the first account has still to be made. */
export function firstAccountQuery() {
  return queryOptions<boolean>({
    queryKey: ['first-account'],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  })
}

async function askSession(client: QueryClient, signal: AbortSignal): Promise<Session | null> {
  const { queryKey } = firstAccountQuery()
  try {
    const session = await get('/api/session', {}, signal)
    client.setQueryData(queryKey, false)
    return session
  } catch (error) {
    if (!(error instanceof AnswerError) || error.status !== 401) throw error
    client.setQueryData(queryKey, error.problem.code === 'first_account_needed')
    return null
  }
}

/** As whom two sessions read: with another, nothing of what is shown is good. */
export function identityOf({ login, role, areas }: Session): string {
  return JSON.stringify([login, role, areas.map(({ code }) => code).toSorted()])
}

/** Shows the page to a session that may do something, and lets what has waited for it go on. */
function show(client: QueryClient, session: Session | null): void {
  if (session === null || session.pending !== null) return
  const { queryKey } = shownSessionQuery()
  const shown = client.getQueryData(queryKey) ?? null
  const isSame = shown !== null && identityOf(shown) === identityOf(session)
  if (!isSame) forgetData(client)
  client.setQueryData(queryKey, session)
  endWait(isSame)
}

function forgetData(client: QueryClient): void {
  const isData = { predicate: ({ queryKey: [name] }: { queryKey: readonly unknown[] }) => !ofSessions.includes(name) }
  void client.cancelQueries(isData)
  client.removeQueries(isData)
}
const ofSessions: readonly unknown[] = ['session', 'shown-session', 'first-account']

/** What the tabs of one browser report to each other: they share the cookie. */
const tabs = new BroadcastChannel('minqing-session')
type TabMessage = 'changed' | 'signed-out'

function report(message: TabMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin than its own
  tabs.postMessage(message)
}

/** Nobody is signed in any more, and nothing that was shown may stay. */
function leave(client: QueryClient): void {
  endWait(false)
  forgetData(client)
  client.setQueryData(shownSessionQuery().queryKey, null)
  client.setQueryData(sessionQuery().queryKey, null)
}

/** Asks again who is signed in when requests are refused, and when another tab reports a change. Used once on the page. */
export function useSessionUpdates(): void {
  const client = useQueryClient()
  const isWaiting = useIsWaiting()
  useEffect(() => {
    const { queryKey } = sessionQuery()
    if (isWaiting)
      // Without an answer there is nothing to wait for: the requests fail as without a network.
      client.fetchQuery({ ...sessionQuery(), staleTime: 0 }).catch(() => endWait(false))
    const onMessage = ({ data }: MessageEvent<TabMessage>) =>
      data === 'signed-out' ? leave(client) : void client.invalidateQueries({ queryKey })
    tabs.addEventListener('message', onMessage)
    return () => tabs.removeEventListener('message', onMessage)
  }, [client, isWaiting])
}

/** The session whose data the page shows; undefined where the server could not say. */
export function useShownSession(): Session | undefined {
  return useQuery(shownSessionQuery()).data ?? undefined
}

/**
 * Whether whoever uses the page may do something, as the server will decide: what they may not is left out of the page.
 * Before anybody is known, everything is there, and the server refuses.
 */
export function useMay(action: Action, object: AccessObject): boolean {
  const session = useShownSession()
  return session === undefined || may(session.role, action, object)
}

/** The objects that whoever uses the page may not read. */
export function useWithheld(): readonly AccessObject[] {
  const role = useShownSession()?.role
  return useMemo(() => (role === undefined ? [] : accessObjects.filter((object) => !may(role, 'read', object))), [role])
}

/** A change of the session: the answer is the session as it is afterwards. */
function useSessionChange<Given>(change: (given: Given) => Promise<Session>): UseMutationResult<Session, Error, Given> {
  const client = useQueryClient()
  const { queryKey } = sessionQuery()
  return useMutation({
    mutationFn: change,
    onSuccess: (session) => {
      client.setQueryData(queryKey, session)
      show(client, session)
      report('changed')
    },
    onError: (error) => {
      // It has ended meanwhile. A refused sign-in changes nothing.
      if (error instanceof AnswerError && error.status === 401 && client.getQueryData(queryKey) !== null)
        void client.invalidateQueries({ queryKey })
    },
  })
}

export function useSignIn() {
  return useSessionChange((given: { login: string; password: string }) => post('/api/session', { json: given }))
}

/** Makes the first account with the token of a one-time link, and signs it in. */
export function useMakeFirstAccount() {
  return useSessionChange((given: { token: string; name: string; login: string; password: string }) =>
    post('/api/session/first-account', { json: given }),
  )
}

export function useGiveCode() {
  return useSessionChange((code: string) => post('/api/session/code', { json: { code } }))
}

export function useSwitchRole() {
  return useSessionChange((role: RoleName) => put('/api/session', { json: { role } }))
}

export function useChangePassword() {
  return useSessionChange((given: { password: string; newPassword: string }) =>
    put('/api/session/password', { json: given }),
  )
}

/** What an authenticator app is given. */
export function useBeginEnrolment() {
  return useMutation({
    mutationFn: (password: string) => post('/api/session/second-factor', { json: { password } }),
    // The secret stays nowhere.
    gcTime: 0,
  })
}

export function useCompleteEnrolment() {
  return useSessionChange((code: string) => put('/api/session/second-factor', { json: { code } }))
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/api/session', {}),
    onSuccess: () => {
      report('signed-out')
      leave(client)
    },
    // It had ended by itself.
    onError: (error) => error instanceof AnswerError && error.status === 401 && leave(client),
  })
}

/** The own sessions, the one last used first. */
export function sessionsQuery() {
  return queryOptions({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await get('/api/sessions', {}, signal)).sessions,
    staleTime: 0,
  })
}

export function useEndSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove('/api/sessions/:id', { param: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  })
}
