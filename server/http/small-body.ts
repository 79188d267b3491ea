import { ProblemError } from '@minqing/data/domain/problem'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'

/** Bytes of a body: names, passwords and codes. */
const usual = 4096

/** A body of JSON, as a route's documentation. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { 'application/json': { schema } } } }
}

/**
 * Refuses a larger body.
 *
 * @param most bytes
 */
export function limitBody(most = usual): MiddlewareHandler {
  const refuse = () => {
    throw new ProblemError(
      'too_large',
      { zh: '请求的内容过大', en: 'The body of the request is too large' },
      { remedy: { zh: `请不超过 ${most} 字节`, en: `Send ${most} bytes at most` } },
    )
  }
  return bodyLimit({ maxSize: most, onError: refuse })
}

/** Resources that take a body of some thousand bytes, and those below them. */
const withSmallBody =
  /^\/api\/(session|accounts|analyses|tokens|walls|wall\/pairing|print-templates|incidents|intake|receipts|clocks)(?=[/?]|$)/

/** Below which a request may have the body of a file, within limits of its own. */
const withFile = /^\/api\/(imports(?=[/?]|$)|incidents\/[^/?]+\/[^/?]+\/documents(?=\?|$))/

/** Whether an address takes the body of a file. */
export function takesFile(url: string): boolean {
  return withFile.test(url)
}

/** Whether what is below an address takes small bodies alone: such a body has come at once, or does not come. */
export function takesSmallBody(url: string): boolean {
  return withSmallBody.test(url) && !withFile.test(url)
}
