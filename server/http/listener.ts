import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { ProblemError } from '@minqing/data/domain/problem'
import { acceptedEncoding } from './accepted-encoding.ts'
import type { Answers } from './answers.ts'
import { apiHeaders } from './api-headers.ts'
import { isHeld } from './entity-tag.ts'
import { languageOf } from './language.ts'
import { describeProblem, statusOf } from './problem.ts'
import { hasWritten } from './own-writes.ts'
import { preferredRepresentation } from './representation.ts'
import type { NoteRequest } from './request-log.ts'

/** Bytes of a request's body: most resources take none, and some clients send an empty or tiny one with a GET. */
const largestBody = 1024

/**
 * What `node:http` calls for each request: kept answers leave at once as bytes, before any middleware; everything else
 * goes through the app. Kept answers are the same for everybody, so that nothing is skipped that would decide who may.
 *
 * @param note told of the requests that the app does not see.
 */
export function createListener(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  answers: Answers,
  note: NoteRequest = () => {},
): RequestListener {
  const handle = getRequestListener(fetch)
  return (request, response) => {
    const started = performance.now()
    const route = refuseBody(request, response) ?? sendKept(answers, request, response)
    if (route === undefined) void handle(request, response)
    else note(request.method ?? '', route, response.statusCode, started)
  }
}

/** The template of the answer's route; undefined where none is kept. */
function sendKept(answers: Answers, request: IncomingMessage, response: ServerResponse): string | undefined {
  if (request.method !== 'GET') return undefined
  if (hasWritten(request.headers.cookie)) return undefined
  const encoding = acceptedEncoding(request.headers['accept-encoding'])
  const answer = answers.find(`${request.headers.host}${request.url}`, encoding)
  if (answer === undefined) return undefined
  if (answer.negotiated && preferredRepresentation(request.headers.accept) !== 'json') return undefined
  if (isHeld(request.headers['if-none-match'], answer.tag)) {
    response.writeHead(304, answer.heldHeaders)
    response.end()
  } else {
    response.writeHead(answer.status, answer.headers[encoding])
    response.end(answer.bodies[encoding])
  }
  return answer.route
}

/** Imports take files and choices, within limits of their own. */
function takesBody(method = '', url = ''): boolean {
  return (method === 'POST' || method === 'PUT') && /^\/api\/imports(?=[/?]|$)/.test(url)
}

/** Refuses a body before a byte of it is read; `other` where it did, as in the log of unknown addresses. */
function refuseBody({ headers, method, url }: IncomingMessage, response: ServerResponse): string | undefined {
  if (takesBody(method, url)) return undefined
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= largestBody)
    return undefined
  const language = languageOf(headers['accept-language'])
  const problem = new ProblemError(
    'too_large',
    { zh: '请求带有内容，而这个资源不接收内容', en: 'The request has a body, and this resource takes none' },
    { remedy: { zh: '请不带内容再次请求', en: 'Send the request again without a body' } },
  )
  response.writeHead(statusOf.too_large, {
    ...apiHeaders,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-store',
    // What the client still sends is not read.
    connection: 'close',
  })
  response.end(JSON.stringify(describeProblem(problem, language)))
  return 'other'
}
