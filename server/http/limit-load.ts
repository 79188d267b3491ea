import { ProblemError } from '@minqing/data/domain/problem'
import type { MiddlewareHandler } from 'hono'

/**
 * Requests that are worked on at once. Ten connections answer some hundred a second: whoever came later than this
 * would wait for a second or more, and a flood would fill the memory.
 */
const mostAtOnce = 256

/** Refuses requests while enough others are being worked on. Cached answers do not pass through here. */
export function limitLoad(most = mostAtOnce): MiddlewareHandler {
  let running = 0
  return async (_c, next) => {
    if (running >= most) {
      throw new ProblemError(
        'too_many_requests',
        { zh: '同时的请求过多', en: 'Too many requests at once' },
        { remedy: { zh: '请在十秒后重试', en: 'Try again in ten seconds' } },
      )
    }
    running += 1
    try {
      await next()
    } finally {
      running -= 1
    }
  }
}
