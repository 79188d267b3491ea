import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import OidcProvider from 'oidc-provider'

/** Somebody as the provider knows them. */
export type ProviderUser = { subject: string; login: string; amr?: string[] }

/** An OpenID Connect provider on a port of its own, as a centre might have one. */
export type TestProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Lets a server in, by the address that it wants browsers to be sent back to. */
  admit: (redirectUri: string) => void
  /** Whoever comes is this user, without being asked; undefined asks by a form. */
  user: ProviderUser | undefined
  close: () => Promise<void>
}

/** @param users who may type their login into the form. */
export async function startIdentityProvider(users: readonly ProviderUser[] = []): Promise<TestProvider> {
  let provider: OidcProvider | undefined
  let handle: ReturnType<OidcProvider['callback']> | undefined
  const known = new Map(users.map((user) => [user.subject, user]))
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (provider === undefined || handle === undefined) throw new Error('no server has been admitted yet')
    if (request.url?.startsWith('/interaction/') !== true) return handle(request, response)
    const typed = request.method === 'POST' ? new URLSearchParams(await text(request)).get('login') : null
    const user = started.user ?? users.find(({ login }) => login === typed)
    if (user === undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(`<!doctype html><html lang="en"><title>Provider</title>
        <form method="post"><label>User <input name="login"></label><button>Continue</button></form></html>`)
      return
    }
    known.set(user.subject, user)
    const login = { accountId: user.subject, ...(user.amr === undefined ? {} : { amr: user.amr }) }
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const [clientId, clientSecret] = ['minqing', 'a secret of the client']
  const started: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    user: undefined,
    admit: (redirectUri) => {
      provider = new OidcProvider(issuer, {
        clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
        jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256' }] },
        // Seconds.
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        cookies: { keys: ['of the tests'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_, { uid }) => `/interaction/${uid}` },
        claims: { openid: ['sub', 'amr', 'acr'], profile: ['preferred_username'] },
        findAccount: (_, subject) => ({
          accountId: subject,
          claims: async () => ({ sub: subject, preferred_username: known.get(subject)?.login }),
        }),
        // Nobody is asked to consent: the client is the centre's own.
        loadExistingGrant: async ({ oidc }) => {
          const grant = new oidc.provider.Grant({
            clientId: oidc.client?.clientId ?? '',
            accountId: oidc.session?.accountId ?? '',
          })
          grant.addOIDCScope('openid profile')
          await grant.save()
          return grant
        },
      })
      handle = provider.callback()
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return started
}
