import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { acceptedEncoding } from './accepted-encoding.ts'
import type { Answers } from './answers.ts'
import { isHeld } from './entity-tag.ts'

/**
 * What `node:http` calls for each request: kept answers leave at once as bytes, before any middleware; everything else
 * goes through the app. Kept answers are the same for everybody, so that nothing is skipped that would decide who may.
 */
export function createListener(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  answers: Answers,
): RequestListener {
  const handle = getRequestListener(fetch)
  return (request, response) => {
    if (!sendKept(answers, request, response)) void handle(request, response)
  }
}

function sendKept(answers: Answers, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET') return false
  const encoding = acceptedEncoding(request.headers['accept-encoding'])
  const answer = answers.find(`${request.headers.host}${request.url}`, encoding)
  if (answer === undefined) return false
  if (isHeld(request.headers['if-none-match'], answer.tag)) {
    response.writeHead(304, { etag: answer.tag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    response.end()
  } else {
    response.writeHead(answer.status, answer.headers[encoding])
    response.end(answer.bodies[encoding])
  }
  return true
}
