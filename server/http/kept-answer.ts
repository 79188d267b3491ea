import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { acceptedEncoding, type Encoding } from './accepted-encoding.ts'
import type { Answer, Answers, AnswerSource } from './answers.ts'
import { isHeld } from './entity-tag.ts'
import { hasWritten } from './own-writes.ts'

/** Answers from the kept bytes, making them first where there are none. */
export async function keptAnswer(
  c: Context,
  answers: Answers,
  collections: readonly CollectionName[],
  make: () => Promise<Omit<AnswerSource, 'route'>>,
): Promise<Response> {
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  // Host and address, as the listener writes them: the links inside name the host.
  const key = c.req.url.slice(c.req.url.indexOf('//') + 2)
  if (hasWritten(c.req.header('cookie'))) answers.forget(key)
  const answer = await answers.provide(key, encoding, collections, async () => ({
    ...(await make()),
    route: routePath(c),
  }))
  if (isHeld(c.req.header('if-none-match'), answer.tag)) {
    return new Response(null, { status: 304, headers: answer.heldHeaders })
  }
  return responseOf(answer, encoding, c.req.method)
}

export function responseOf(answer: Answer, encoding: Encoding, method: string): Response {
  const body = answer.status === 204 || method === 'HEAD' ? null : new Uint8Array(answer.bodies[encoding] ?? [])
  return new Response(body, { status: answer.status, headers: answer.headers[encoding] })
}
