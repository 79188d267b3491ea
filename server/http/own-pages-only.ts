import { ProblemError } from '@minqing/data/domain/problem'
import type { Context, MiddlewareHandler } from 'hono'

/**
 * Refuses what another site's page makes a browser send: it would carry the cookie, or a remembered password, of whoever
 * has signed in here. Browsers name the origin with each writing request, and where it comes from with every one; what
 * comes from no page at all passes.
 */
export const refuseForeignWrites: MiddlewareHandler = async (c, next) => {
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
  if (isWrite && !isOwnPage(c)) throw foreignPage()
  await next()
}

/** Whether a request comes from a page of ours, or from no page at all. */
export function isOwnPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = c.req.header('origin')
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'))
}

function foreignPage(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '请求来自别的网站，已拒绝', en: 'The request comes from another site and is refused' },
    { remedy: { zh: '请在本系统的页面上操作', en: 'Do this on the pages of this system' } },
  )
}
