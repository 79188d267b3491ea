import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { getRequestListener } from '@hono/node-server'
import { ProblemError } from '@minqing/data/domain/problem'
import { AllowedHosts, namesLoopback } from '../allowed-hosts.ts'
import { type ActorSource, askingIn } from './resolve-actor.ts'
import { apiHeaders, isCurrent } from './headers.ts'
import { inTurn } from './in-turn.ts'
import { acceptedEncoding, languageOf, preferredRepresentation } from './negotiation.ts'
import { describeProblem, statusOf } from './problem.ts'
import { hasWritten } from './read-your-writes.ts'
import { isAllowed } from './route-access.ts'
import type { NoteRequest } from './request-log.ts'
import { addressKey, type ResponseCache } from './response-cache.ts'
import { takesFile, takesSmallBody } from './small-body.ts'

/** Bytes of a request's body: most resources take none, and some clients send an empty or tiny one with a GET. */
const largestBody = 1024

/**
 * What `node:http` calls for each request: cached answers leave at once as bytes, before any middleware; everything else
 * goes through the app. An answer is found only under the role of the database and the scope that it was made for, and sent
 * only to whoever may do what its route does.
 *
 * @param actors who asks, the same as the app's.
 */
export function createListener(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  cache: ResponseCache,
  actors: ActorSource,
  {
    note = () => {},
    hosts = new AllowedHosts(),
  }: {
    /** Called for the requests that the app does not see. */
    note?: NoteRequest
    /** By which names the server may be asked; without it, by the loopback's. */
    hosts?: AllowedHosts
  } = {},
): RequestListener {
  const handle = getRequestListener(fetch)
  return inTurn((request, response) => {
    const started = performance.now()
    if (isSmall(request)) boundBodyTime(request, response)
    if ((request.socket as Partial<TLSSocket>).encrypted === true) demandTls(request, response)
    const route =
      refuseForeignHost(hosts, request, response) ??
      refuseBody(request, response) ??
      sendCached(cache, actors, request, response)
    if (route === undefined) void handle(request, response)
    else note(request.method ?? '', route, response.statusCode, started)
  })
}

/** Keeps browsers from asking without TLS from now on (RFC 6797); on a loopback name every server of the machine would. */
function demandTls({ headers }: IncomingMessage, response: ServerResponse): void {
  if (!namesLoopback(headers.host ?? '')) response.setHeader('strict-transport-security', 'max-age=31536000')
}

/** Milliseconds in which a body must have come that is no file (files have a least rate instead). */
const bodyTimeout = 30_000

function isSmall({ method, url = '' }: IncomingMessage): boolean {
  return method === 'PUT' || takesSmallBody(url)
}

function boundBodyTime(request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, bodyTimeout)
  response.once('close', () => clearTimeout(timer))
}

/** The template of the answer's route; undefined where none is cached. */
function sendCached(
  cache: ResponseCache,
  actors: ActorSource,
  request: IncomingMessage,
  response: ServerResponse,
): string | undefined {
  if (request.method !== 'GET') return undefined
  if (hasWritten(request.headers.cookie)) return undefined
  const encoding = acceptedEncoding(request.headers['accept-encoding'])
  const actor = actors.known(askingIn(request))
  if (actor === undefined) return undefined
  const answer = cache.find(addressKey(actor.scope, `${request.headers.host}${request.url}`), encoding)
  // Refused where everything else is.
  if (answer === undefined || !isAllowed(actor.role, answer.access)) return undefined
  if (answer.negotiated && preferredRepresentation(request.headers.accept) !== 'json') return undefined
  if (isCurrent(request.headers['if-none-match'], answer.tag)) {
    response.writeHead(304, answer.notModifiedHeaders)
    response.end()
  } else {
    response.writeHead(answer.status, answer.headers[encoding])
    response.end(answer.bodies[encoding])
  }
  return answer.route
}

function takesBody(method = '', url = ''): boolean {
  return (method === 'POST' || method === 'PUT') && (takesFile(url) || takesSmallBody(url))
}

/** Refuses a body before a byte of it is read. */
function refuseBody({ headers, method, url }: IncomingMessage, response: ServerResponse): string | undefined {
  if (takesBody(method, url)) return undefined
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= largestBody)
    return undefined
  const problem = new ProblemError(
    'too_large',
    { zh: '请求带有内容，而这个资源不接收内容', en: 'The request has a body, and this resource takes none' },
    { remedy: { zh: '请不带内容再次请求', en: 'Send the request again without a body' } },
  )
  return refuse(problem, headers, response)
}

/** Refuses what was asked under a name that is not this server's, before anything is looked up or answered. */
function refuseForeignHost(
  hosts: AllowedHosts,
  { headers }: IncomingMessage,
  response: ServerResponse,
): string | undefined {
  if (hosts.allows(headers.host, headers['x-forwarded-host'])) return undefined
  const problem = new ProblemError(
    'misdirected',
    {
      zh: '请求所用的主机名不是此服务器的',
      en: 'The request names a host that this server does not answer for',
    },
    {
      remedy: {
        zh: '请核对地址；如果这是此服务器的域名或地址，请管理员把它写入环境变量 ALLOWED_HOSTS',
        en: 'Check the address; if it is a name or address of this server, an administrator adds it to the environment variable ALLOWED_HOSTS',
      },
    },
  )
  return refuse(problem, headers, response)
}

/** Answers without the app; `other`, as in the log of unknown addresses. */
function refuse(problem: ProblemError, headers: IncomingMessage['headers'], response: ServerResponse): string {
  const language = languageOf(headers['accept-language'])
  response.writeHead(statusOf[problem.code], {
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
