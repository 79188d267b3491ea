import * as oidc from 'openid-client'
import type { ProviderSettings } from '../config.ts'

/** What a provider says of who has signed in there. */
export type ProviderIdentity = { issuer: string; subject: string; login: string | undefined; secondFactor: boolean }

/** What is sent to the provider, and has to come back with its answer. */
export type ProviderRequest = { state: string; nonce: string; verifier: string }

/** Milliseconds in which a provider that could not be reached is not asked again. */
const pause = 10_000
/** Seconds that it may take to answer. */
const timeout = 10

/** An OpenID Connect provider: authorization code flow with PKCE, state and nonce. */
export class IdentityProvider {
  readonly settings: ProviderSettings
  #configuration: Promise<oidc.Configuration | undefined> | undefined
  #failedAt = -Infinity
  readonly #logError: (error: unknown) => void

  /** @param logError called when it cannot be reached. */
  constructor(settings: ProviderSettings, logError: (error: unknown) => void) {
    this.settings = settings
    this.#logError = logError
  }

  /** Its addresses and keys, read once; undefined where it cannot be reached now. */
  configuration(): Promise<oidc.Configuration | undefined> {
    if (this.#configuration !== undefined) return this.#configuration
    if (performance.now() - this.#failedAt < pause) return Promise.resolve(undefined)
    const reading = this.#discover().catch((error: unknown) => {
      this.#failedAt = performance.now()
      this.#configuration = undefined
      this.#logError(error)
      return undefined
    })
    this.#configuration = reading
    return reading
  }

  /** The address to send a browser to; undefined where the provider cannot be reached. */
  async prepare(redirectUri: string): Promise<{ address: URL; request: ProviderRequest } | undefined> {
    const configuration = await this.configuration()
    if (configuration === undefined) return undefined
    const verifier = oidc.randomPKCECodeVerifier()
    const request = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier }
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: request.state,
      nonce: request.nonce,
    })
    return { address, request }
  }

  /**
   * @param callback the address that the provider has sent the browser back to.
   * @returns undefined where its answer does not belong to the request, or it refuses.
   */
  async complete(callback: URL, request: ProviderRequest): Promise<ProviderIdentity | undefined> {
    try {
      const configuration = await this.configuration()
      return configuration && (await this.#identify(configuration, callback, request))
    } catch (error) {
      // Its cause may hold what the provider has sent.
      this.#logError(new Error(`signing in through the identity provider: ${(error as Error).message}`))
      return undefined
    }
  }

  async #identify(
    configuration: oidc.Configuration,
    callback: URL,
    { state, nonce, verifier }: ProviderRequest,
  ): Promise<ProviderIdentity> {
    const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('the identity provider sent no ID token')
    const { loginClaim, trustsSecondFactor } = this.settings
    const given =
      claims[loginClaim] ??
      // Many put a name into what they say of a user alone (OpenID Connect Core §5.4).
      (configuration.serverMetadata().userinfo_endpoint === undefined
        ? undefined
        : (await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub))[loginClaim])
    return {
      issuer: claims.iss,
      subject: claims.sub,
      login: typeof given === 'string' ? given : undefined,
      secondFactor: trustsSecondFactor && saysSecondFactor({ amr: claims['amr'], acr: claims['acr'] }),
    }
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings
    const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
    const configuration = await oidc.discovery(issuer, clientId, {}, authentication(clientSecret), {
      execute: insecure,
      timeout,
    })
    configuration.timeout = timeout
    return configuration
  }
}

/** How the client proves who it is: by the method that the provider takes, `client_secret_basic` unless it says so. */
function authentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None()
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported
    const isBasic = methods === undefined || methods.includes('client_secret_basic')
    return isBasic ? basic(server, ...rest) : post(server, ...rest)
  }
}

/** Authentication methods of RFC 8176 besides those that are known: `pwd`, `pin`, `kba`. */
const held = new Set(['face', 'fpt', 'hwk', 'iris', 'otp', 'pop', 'retina', 'sc', 'sms', 'swk', 'tel', 'vbm', 'wia'])
const known = new Set(['pwd', 'pin', 'kba'])
/** Classes that mean several factors: REFEDS MFA, PAPE, and phishing-resistant ones (OpenID EAP ACR Values 1.0). */
const classes = new Set([
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'phr',
  'phrh',
])

/** Whether an ID token says that its user has given two factors. */
export function saysSecondFactor({ amr, acr }: { amr?: unknown; acr?: unknown }): boolean {
  if (typeof acr === 'string' && classes.has(acr)) return true
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : []
  const has = (set: ReadonlySet<unknown>) => methods.some((method) => set.has(method))
  return methods.includes('mfa') || (has(known) && has(held))
}
