import { z } from '@hono/zod-openapi'
import { ProblemError } from '@minqing/data/domain/problem'
import { SignInWays } from '@minqing/data/domain/session'
import type { Context } from 'hono'
import { htmlPage } from '../http/html-page.ts'
import { languageOf, preferredRepresentation } from '../http/negotiation.ts'
import { isOwnPage } from '../http/own-pages-only.ts'
import { statusOf } from '../http/problem.ts'
import { askingOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { isSecure, providerCookie, setProviderCookie, setSessionCookie } from '../http/session-cookie.ts'
import { askingClient } from '../store/asking-client.ts'
import type { AccountService } from './account-service.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { beginAtProvider, completeAtProvider, longestAbsence } from './provider-sign-in.ts'
import type { Client } from './sessions.ts'

const callbackPath = '/session/oidc/callback'
const tags = ['session']
const moved = (description: string) => ({ 302: { description }, ...problems })

const routes = {
  ways: defineRoute({
    access: 'public',
    method: 'get',
    path: '/session/ways',
    tags,
    summary: 'How one may sign in besides with a password',
    request: { query: z.strictObject({}) },
    responses: { 200: json(SignInWays, 'The centre’s own sign-on, where there is one'), ...problems },
  }),
  begin: defineRoute({
    access: 'public',
    method: 'get',
    path: '/session/oidc',
    tags,
    summary: 'Sends a browser to the centre’s own sign-on (OpenID Connect)',
    request: { query: z.strictObject({ back: z.string().max(4000).optional().openapi({ example: '/' }) }) },
    responses: moved('To the identity provider'),
  }),
  callback: defineRoute({
    access: 'public',
    method: 'get',
    path: callbackPath,
    tags,
    summary: 'Where it sends the browser back to: signs in, and sets a cookie',
    request: { query: z.looseObject({ code: z.string().optional(), state: z.string().optional() }) },
    responses: moved('To the page from which the sign-in was begun'),
  }),
}

const fresh = { 'cache-control': 'no-store' }

/** Signing in through the centre's own sign-on. Browsers come here by links, so that refusals are pages. */
export function providerRoutes(service: AccountService | undefined) {
  const opened = () => {
    if (service?.provider === undefined) throw notConfigured()
    return { ...service, provider: service.provider }
  }
  /** As the browser knows this server: it is registered with the provider. */
  const redirectUri = (c: Context) => {
    const scheme = isSecure(askingOf(c), opened().proxies) ? 'https' : 'http'
    return `${scheme}://${c.req.header('host') ?? ''}/api${callbackPath}`
  }

  const begin = async (c: Context, back: string): Promise<Response> => {
    const { accounts, provider, proxies } = opened()
    if (!isOwnPage(c)) throw foreignLink()
    const given = { redirectUri: redirectUri(c), back }
    const begun = await beginAtProvider(accounts, provider, given, clientOf(c))
    if (begun === undefined) throw unreachable(provider)
    setProviderCookie(c, proxies, begun.browser, longestAbsence / 1000)
    return c.redirect(begun.address.href, 302)
  }

  const complete = async (c: Context): Promise<Response> => {
    const { accounts, provider, proxies } = opened()
    const browser = providerCookie(askingOf(c), proxies) ?? ''
    setProviderCookie(c, proxies, undefined, 0)
    const callback = new URL(redirectUri(c))
    callback.search = new URL(c.req.url).search
    const { token, back } = await completeAtProvider(accounts, provider, { browser, callback }, clientOf(c))
    setSessionCookie(c, proxies, token)
    return c.redirect(back, 302)
  }

  return createRouter()
    .openapi(routes.ways, async (c) => {
      const provider = service?.provider
      if (provider === undefined) return c.json({ provider: null }, 200, fresh)
      const isReachable = (await provider.configuration()) !== undefined
      return c.json({ provider: { name: provider.settings.name, isReachable } }, 200, fresh)
    })
    .openapi(routes.begin, (c) => orPage(c, () => begin(c, c.req.valid('query').back ?? '/')))
    .openapi(routes.callback, (c) => orPage(c, () => complete(c)))
}

/** What is refused is said to a person on a page, with a way back; programs get the problem. */
async function orPage(c: Context, work: () => Promise<Response>): Promise<Response> {
  c.header('cache-control', 'no-store')
  try {
    return await work()
  } catch (error) {
    const isPerson = preferredRepresentation(c.req.header('accept')) === 'html'
    if (!(error instanceof ProblemError) || !isPerson) throw error
    const language = languageOf(c.req.header('accept-language'))
    const { code, detail, remedy } = error
    const page = {
      title: detail[language],
      ...(remedy === undefined ? {} : { description: `${remedy[language]}${language === 'zh' ? '。' : '.'}` }),
      trail: [{ href: '/', title: language === 'zh' ? '民情地图' : 'Minqing Map' }],
      links: [{ href: '/', title: language === 'zh' ? '返回登录页面' : 'Back to the sign-in page' }],
    }
    return c.html(await htmlPage(page, language), statusOf[code])
  }
}

function clientOf(c: Context): Client {
  return { address: askingClient()?.address, agent: c.req.header('user-agent') }
}

function notConfigured(): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: '此服务器没有配置统一登录', en: 'This server has no sign-on of the centre’s own' },
    {
      remedy: {
        zh: '请用账号和密码登录；管理员可设置 OIDC_ISSUER',
        en: 'Sign in with account and password; an administrator can set OIDC_ISSUER',
      },
    },
  )
}

function unreachable({ settings }: IdentityProvider): ProblemError {
  return new ProblemError(
    'busy',
    { zh: `暂时无法连接“${settings.name}”`, en: `“${settings.name}” cannot be reached now` },
    { remedy: { zh: '请稍后再试，或用账号和密码登录', en: 'Try again later, or sign in with account and password' } },
  )
}

function foreignLink(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '这次登录不是从本系统的登录页面开始的', en: 'This sign-in was not begun on the sign-in page of this system' },
    { remedy: { zh: '请回到登录页面重新登录', en: 'Go to the sign-in page and begin again' } },
  )
}
