import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import { type Access, may, outlastsDemo } from '@minqing/data/domain/access'
import { actionLabels, objectLabels } from '@minqing/data/domain/access-labels'
import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { roleLabels, type RoleName, roleNames } from '@minqing/data/domain/role'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { actorOf } from './resolve-actor.ts'

declare module 'hono' {
  interface ContextVariableMap {
    access: RouteAccess
  }
}

/**
 * What a route does, as the policy names it; `public` is for everybody, also before anybody has signed in, and `session`
 * for whoever holds a session, which the route looks at itself: also for one that is not complete.
 */
export type RouteAccess = Access | 'public' | 'session'

/** The same of a route of which it depends on the path's parameters. */
export type DeclaredAccess = RouteAccess | ((parameters: Readonly<Record<string, string>>) => RouteAccess)

/** What the middleware of each route was made from. */
const declared = new WeakMap<object, DeclaredAccess>()

/** Declares what a route does, and refuses it to roles that may not. Stands before everything else that the route has. */
export function declareAccess(access: DeclaredAccess): MiddlewareHandler {
  const guard: MiddlewareHandler = async (c, next) => {
    const asked = typeof access === 'function' ? access(c.req.param()) : access
    c.set('access', asked)
    if (typeof asked === 'object') {
      const { role, isDemo } = actorOf(c)
      if (!isAllowed(role, asked)) throw forbidden(asked, role)
      if (isDemo === true && outlastsDemo(asked)) throw notInDemo(asked)
    }
    await next()
  }
  declared.set(guard, access)
  return guard
}

/** `createRoute` of a route that says what it does. */
export function defineRoute<
  R extends Omit<RouteConfig, 'path' | 'middleware'> & { path: `/${string}`; access: RouteAccess },
>(route: R) {
  const { access, ...described } = route
  // What is left is the route but for `access`, which belongs to no OpenAPI document.
  return createRoute<R['path'], R>({ ...described, middleware: declareAccess(access) } as unknown as R)
}

/** What the route that answers has declared. */
export function accessOf(c: Context): RouteAccess {
  return c.get('access')
}

export function isAllowed(role: RoleName, access: RouteAccess): boolean {
  return typeof access === 'string' || may(role, access.action, access.object)
}

/** What the routes of an application have declared, by method and path as Hono writes it. */
export function declaredRoutes(app: Pick<Hono, 'routes'>): { method: string; path: string; access: DeclaredAccess }[] {
  const first = new Map<string, object>()
  for (const { method, path, handler } of app.routes)
    // What is for all methods is middleware.
    if (method !== 'ALL' && !first.has(`${method} ${path}`)) first.set(`${method} ${path}`, handler)
  return [...first].map(([route, handler]) => {
    const access = declared.get(handler)
    const [method = '', path = ''] = route.split(' ')
    if (access === undefined) throw new Error(`${route} does not say what it does: see server/http/route-access.ts`)
    return { method, path, access }
  })
}

function describe({ action, object }: Access): Label {
  return {
    zh: `${actionLabels[action].zh}${objectLabels[object].zh}`,
    en: `${actionLabels[action].en} ${objectLabels[object].en}`,
  }
}

function notInDemo(access: Access): ProblemError {
  const what = describe(access)
  return new ProblemError(
    'forbidden',
    { zh: `演示中不能${what.zh}`, en: `In the demo nobody may ${what.en}` },
    {
      remedy: {
        zh: '请先建立第一个账号：在服务器上运行 minqing user first-link 取得一次性链接',
        en: 'Make the first account: minqing user first-link, run on the server, shows a one-time link',
      },
    },
  )
}

function forbidden(access: Access, role: RoleName): ProblemError {
  const others = roleNames.filter((other) => may(other, access.action, access.object))
  const what = describe(access)
  return new ProblemError(
    'forbidden',
    {
      zh: `“${roleLabels[role].zh}”身份不能${what.zh}`,
      en: `The role “${roleLabels[role].en}” may not ${what.en}`,
    },
    {
      remedy: {
        zh: `可以${what.zh}的身份：${others.map((other) => roleLabels[other].zh).join('、')}。请切换身份，或请系统管理员授权`,
        en: `These roles may: ${others.map((other) => roleLabels[other].en).join(', ')}. Switch your role, or ask the administrator for one`,
      },
    },
  )
}
