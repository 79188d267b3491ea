import { getConnInfo } from '@hono/node-server/conninfo'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Context, MiddlewareHandler } from 'hono'
import { isProxied } from '../trusted-proxies.ts'

/** Who may use what writes: nobody, this machine, or whoever reaches the port. */
export const writeAccesses = ['off', 'local', 'on'] as const
export type WriteAccess = (typeof writeAccesses)[number]

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const loopbackName = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/**
 * Lets requests pass that come from our own pages (or from no page at all) and, with `local`, from this machine.
 *
 * A page of another origin cannot send one: browsers name the origin with each writing request and where it comes from
 * with every request. The name of the host is looked at as well, because a foreign name may be made to mean this machine.
 */
export function ownPagesOnly(access: WriteAccess): MiddlewareHandler {
  return async (c, next) => {
    if (access === 'off' || (access === 'local' && !isLocal(c))) throw notHere(access)
    if (!isOwnPage(c)) throw foreignPage()
    await next()
  }
}

/**
 * Refuses what another site's page makes a browser send: it would carry the cookie, or a remembered password, of whoever
 * has signed in here.
 */
export const refuseForeignWrites: MiddlewareHandler = async (c, next) => {
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
  if (isWrite && !isOwnPage(c)) throw foreignPage()
  await next()
}

function isLocal(c: Context): boolean {
  if (isProxied((name) => c.req.header(name))) return false
  if (!loopbackName.test(c.req.header('host') ?? '')) return false
  try {
    return loopback.test(getConnInfo(c).remote.address ?? '')
  } catch {
    return false
  }
}

/** Whether a request comes from a page of ours, or from no page at all. */
export function isOwnPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = c.req.header('origin')
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'))
}

function notHere(access: WriteAccess): ProblemError {
  const off = access === 'off'
  return new ProblemError(
    'forbidden',
    off
      ? { zh: '此服务器没有开放网页导入', en: 'Imports in the browser are switched off on this server' }
      : {
          zh: '网页导入只在服务器本机上开放：目前没有登录，无法知道是谁在写入',
          en: 'Imports in the browser are open on the server’s own machine alone: without a sign-in nobody knows who writes',
        },
    {
      remedy: {
        zh: '请在服务器上打开本页，或用 minqing import 导入；确需开放时由管理员设置环境变量 IMPORTS=on',
        en: 'Open this page on the server, or use minqing import there; an administrator can open it with the environment variable IMPORTS=on',
      },
    },
  )
}

function foreignPage(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '请求来自别的网站，已拒绝', en: 'The request comes from another site and is refused' },
    { remedy: { zh: '请在本系统的页面上操作', en: 'Do this on the pages of this system' } },
  )
}
