import { request } from 'node:http'
import type { GeneratedRequest } from './generate-requests.ts'

export type Answer = {
  status: number
  type: string
  retryAfter: string | undefined
  body: string
  milliseconds: number
}

/** Characters of an answer that are looked at. */
const longestBody = 100_000

/**
 * Sends a request as it stands, which `fetch` would correct, and reads the whole answer.
 *
 * @returns undefined where the connection was closed instead.
 */
export function sendRequest(
  address: string,
  { method, target, headers, body }: GeneratedRequest,
): Promise<Answer | undefined> {
  const { hostname, port } = new URL(address)
  const began = performance.now()
  return new Promise((resolve) => {
    const sent = request(
      { hostname, port, method, path: target, headers, setHost: headers['host'] === undefined },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          if (text.length < longestBody) text += piece
        })
        response.on('error', () => resolve(undefined))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            retryAfter: response.headers['retry-after'],
            body: text,
            milliseconds: performance.now() - began,
          }),
        )
      },
    )
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
}

/** A line of a JavaScript stack, or a path of our sources. */
const stackLine = /\n\s+at .+:\d+:\d+\)?|node_modules\/|\.ts:\d+:\d+/

/** What is wrong with an answer whatever was asked; undefined where nothing is. */
export function faultOf({ status, type, retryAfter, body }: Answer): string | undefined {
  if (stackLine.test(body)) return 'a stack trace'
  if (status < 500) return undefined
  const isHonest = status === 503 && Number(retryAfter) > 0 && type.startsWith('application/problem+json')
  return isHonest ? undefined : `status ${status}`
}
