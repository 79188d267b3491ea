import type { Context } from 'hono'
import type { CollectionName } from '../store/touch.ts'
import { acceptedEncoding } from './accepted-encoding.ts'
import type { Answers, AnswerSource } from './answers.ts'
import { isHeld } from './entity-tag.ts'

/** Answers from the kept bytes, making them first where there are none. */
export async function keptAnswer(
  c: Context,
  answers: Answers,
  collections: readonly CollectionName[],
  make: () => Promise<AnswerSource>,
): Promise<Response> {
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  // Host and address, as the listener writes them: the links inside name the host.
  const key = c.req.url.slice(c.req.url.indexOf('//') + 2)
  const answer = await answers.provide(key, encoding, collections, make)
  if (isHeld(c.req.header('if-none-match'), answer.tag)) {
    return new Response(null, {
      status: 304,
      headers: { etag: answer.tag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' },
    })
  }
  const body = answer.status === 204 || c.req.method === 'HEAD' ? null : new Uint8Array(answer.bodies[encoding] ?? [])
  return new Response(body, { status: answer.status, headers: answer.headers[encoding] })
}
