import type { RoleName } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import { actorAs } from '../../server/access/actor.ts'
import { type AccountService, openAccountService } from '../../server/accounts/account-service.ts'
import { addAccount } from '../../server/accounts/manage-accounts.ts'
import { withAccounts } from '../../server/accounts/account-transaction.ts'
import { codeAt, makeSecret } from '../../server/accounts/second-factor.ts'
import type { IdentityProvider } from '../../server/accounts/identity-provider.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { TrustedProxies } from '../../server/trusted-proxies.ts'
import { type ServedApi, serveOn } from './serve-api.ts'

/** A clock that a test moves. */
export class MovedClock {
  #at = new Date('2026-03-10T08:00:00Z').getTime()

  now = (): Date => new Date(this.#at)

  move(minutes: number): void {
    this.#at += minutes * 60_000
  }
}

export type SignedInApp = ServedApi & { service: AccountService }

/** An application that people have to sign in to, as `SIGN_IN=on` puts it together. */
export async function serveSignedIn(
  url: string,
  served: Database,
  clock: MovedClock,
  provider?: IdentityProvider,
): Promise<SignedInApp> {
  const database = connect({ url, poolSize: 3 })
  const failures: unknown[] = []
  const service = await openAccountService(database, {
    proxies: new TrustedProxies(),
    now: clock.now,
    provider,
    logError: (error) => failures.push(error),
  })
  const app = await serveOn(served, { accounts: service })
  const close = async () => {
    await app.close()
    await service.close()
    await database.end({ timeout: 5 })
    if (failures.length > 0) throw new AggregateError(failures, 'something failed beside the requests')
  }
  return { ...app, close, service }
}

export const administrator = actorAs({ id: 'administrator', name: '管理员' }, 'administrator', ['all'])

export const password = 'Tide-71-lamp'

/** An account whose password is `password`, with these roles. */
export async function addPerson(
  { service: { accounts } }: SignedInApp,
  login: string,
  grants: readonly [role: RoleName, area: string][],
): Promise<void> {
  const granted = grants.map(([role, area]) => ({ role, areas: [area] }))
  const given = { login, name: `姓名${login}`, password, isMade: false, grants: granted }
  await addAccount(accounts.database, administrator, accounts.hashes, given, accounts.now())
}

/** Signs in with a second factor, as if it had been enrolled before. Each code is good once: the clock moves by one. */
export async function signInProven(app: SignedInApp, clock: MovedClock, login: string): Promise<Visitor> {
  const secret = makeSecret()
  await withAccounts(
    app.service.accounts.database,
    (transaction) => transaction`update account set totp = ${secret}, totp_step = 0 where login = ${login}`,
  )
  clock.move(1)
  const visitor = new Visitor(app)
  const { body } = await visitor.signIn(login, password, codeAt(secret, clock.now()))
  if (body.pending !== null) throw new Error(`${login} is not signed in: ${JSON.stringify(body)}`)
  return visitor
}

type Answer<T> = { status: number; body: T; headers: Headers; cookie: string | undefined }

/** A browser, as far as it holds a cookie. */
export class Visitor {
  readonly #api: string
  cookie: string | undefined

  constructor({ api }: Pick<ServedApi, 'api'>, cookie?: string) {
    this.#api = api
    this.cookie = cookie
  }

  async send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const cookie = response.headers.getSetCookie().find((text) => /^(__Host-)?minqing(-wall|-demo)?=/.test(text))
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]
    const text = await response.text()
    const parsed = (text.startsWith('{') ? JSON.parse(text) : text) as T
    return { status: response.status, body: parsed, headers: response.headers, cookie }
  }

  signIn(login: string, given: string = password, code?: string): Promise<Answer<Session>> {
    return this.send('POST', '/session', { login, password: given, ...(code === undefined ? {} : { code }) })
  }

  async status(path = '/summary', headers: Record<string, string> = {}): Promise<number> {
    return (await this.send('GET', path, undefined, headers)).status
  }
}
