import type { Problem } from '@minqing/data/domain/problem'
import type { Answer, Input, Path } from '../contract/api.ts'
import { automaticHeader, isAutomatic } from './presence.ts'
import { waitForSignIn } from './sign-in-wait.ts'

/** The server refused or failed: the problem that it described, as far as it did. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  readonly status: number
  readonly problem: Partial<Problem>
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
    this.status = status
    this.problem = problem
  }
}

/** Whether the server or the network is at fault, and not the request. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof AnswerError) || error.status >= 500 || error.status === 429
}

/** Parameters, query and body as every request has them; the contract says which of them a path takes. */
type AnyInput = { param?: object; query?: object; json?: unknown }

/**
 * JSON from the API, of the type that the server's own code says. The cast is what its tests over HTTP prove.
 *
 * @throws AnswerError, or TypeError without a network.
 */
export async function get<P extends Path<'$get'>>(path: P, input: Input<P>, signal?: AbortSignal): Promise<Answer<P>> {
  const response = await answerOf(addressOf(path, input as AnyInput), jsonTypes, { signal: signal ?? null })
  return (await response.json()) as Answer<P>
}

/**
 * The same for a request that writes.
 *
 * @param key by which the server knows the request when it is sent again (`Idempotency-Key`)
 */
export async function post<P extends Path<'$post'>>(
  path: P,
  input: Input<P, '$post'>,
  key?: string,
): Promise<Answer<P, '$post'>> {
  return send('POST', path, input as AnyInput, key)
}

export async function put<P extends Path<'$put'>>(path: P, input: Input<P, '$put'>): Promise<Answer<P, '$put'>> {
  return send('PUT', path, input as AnyInput)
}

export async function remove<P extends Path<'$delete'>>(
  path: P,
  input: Input<P, '$delete'>,
): Promise<Answer<P, '$delete'>> {
  return send('DELETE', path, input as AnyInput)
}

/** JSON from an address that the server itself gave, as the link of a next page. */
export async function follow<P extends Path<'$get'>>(
  _path: P,
  address: string,
  signal: AbortSignal,
): Promise<Answer<P>> {
  const response = await answerOf(address, jsonTypes, { signal })
  return (await response.json()) as Answer<P>
}

/** An Arrow IPC stream. */
export async function getBytes<P extends Path<'$get'>>(
  path: P,
  input: Input<P>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const address = addressOf(path, input as AnyInput)
  const response = await answerOf(address, 'application/vnd.apache.arrow.stream', { signal: signal ?? null })
  return new Uint8Array(await response.arrayBuffer())
}

const jsonTypes = 'application/json, application/geo+json'

/** The address with its parameters filled in. */
export function addressOf(path: string, { param = {}, query = {} }: AnyInput): string {
  const values = new Map<string, unknown>(Object.entries(param))
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = query instanceof URLSearchParams ? query : new URLSearchParams(given)
  return search.size === 0 ? filled : `${filled}?${search}`
}

async function send<Body>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  input: AnyInput,
  key?: string,
): Promise<Body> {
  const body = input.json === undefined ? {} : { body: JSON.stringify(input.json) }
  const response = await answerOf(addressOf(path, input), jsonTypes, { method, ...body }, key)
  return (response.status === 204 ? undefined : await response.json()) as Body
}

/**
 * An answer of the server. One that was refused because nobody has signed in, or because a session has ended, is asked
 * for again after signing in.
 *
 * @throws AnswerError, or TypeError without a network.
 */
export async function answerOf(
  address: string,
  accept: string,
  init: Omit<RequestInit, 'headers'> = {},
  key?: string,
): Promise<Response> {
  // Problems come in the language of the page, whatever the browser itself asks for.
  const headers = new Headers({ accept, 'accept-language': document.documentElement.lang })
  if (init.body !== undefined) headers.set('content-type', 'application/json')
  if (key !== undefined) headers.set('idempotency-key', key)
  return afterSignIn(address, init.signal ?? null, async () => {
    if (isAutomatic()) headers.set(automaticHeader, '1')
    const response = await fetch(address, { ...init, headers })
    if (response.ok) return response
    const problem = response.headers.get('content-type')?.includes('json')
      ? ((await response.json().catch(() => ({}))) as Partial<Problem>)
      : {}
    throw new AnswerError(response.status, problem)
  })
}

/** Sends a request, and once more after signing in where it was refused for want of that. */
export async function afterSignIn<Received>(
  address: string,
  signal: AbortSignal | null,
  request: () => Promise<Received>,
): Promise<Received> {
  try {
    return await request()
  } catch (error) {
    if (!needsSignIn(error) || isSigningIn(address)) throw error
    if (!(await waitForSignIn(signal))) throw error
    return request()
  }
}

function needsSignIn(error: unknown): boolean {
  const code = error instanceof AnswerError ? error.problem.code : undefined
  return code === 'unauthenticated' || code === 'first_account_needed' || code === 'sign_in_incomplete'
}

/** What signing in itself asks: it would wait for itself. */
function isSigningIn(address: string): boolean {
  return address === '/api/session' || address.startsWith('/api/session/')
}

/** Whether the server answers now. A page that reloads while it is away is replaced by the browser's own error page. */
export async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
