import type { Problem } from '@minqing/data/domain/problem'
import { AnswerError } from './problem.ts'

/** A request that changes something; the body travels as JSON. */
type Sending = { method: 'POST' | 'PUT'; body?: unknown }

async function answerOf(
  path: string,
  signal: AbortSignal | undefined,
  accept: string,
  sending?: Sending,
): Promise<Response> {
  // Problems are told in the language of the page, whatever the browser itself speaks.
  const headers = { accept, 'accept-language': document.documentElement.lang }
  const init: RequestInit = { signal: signal ?? null, headers }
  if (sending !== undefined) {
    init.method = sending.method
    if (sending.body !== undefined) {
      init.body = JSON.stringify(sending.body)
      init.headers = { ...headers, 'content-type': 'application/json' }
    }
  }
  const response = await fetch(path, init)
  if (response.ok) return response
  const problem = response.headers.get('content-type')?.includes('json')
    ? ((await response.json().catch(() => ({}))) as Partial<Problem>)
    : {}
  throw new AnswerError(response.status, problem)
}

/**
 * JSON from the API, as the domain's schema describes it: server and browser are built from the same schemas,
 * so the cast states what the API's own tests prove. Throws `AnswerError`, or `TypeError` without a network.
 */
export async function fetchJson<Body>(path: string, signal?: AbortSignal, sending?: Sending): Promise<Body> {
  const response = await answerOf(path, signal, 'application/json, application/geo+json', sending)
  return (await response.json()) as Body
}

export async function fetchBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await answerOf(path, signal, 'application/vnd.apache.arrow.stream')
  return new Uint8Array(await response.arrayBuffer())
}
